package dev.muster.aws;

/** Brings text from services into one line. */
final class OneLine {
    private static final int LONGEST = 600;

    private OneLine() {}

    /** The text with runs of white space and control characters as single spaces, cut where it grows too long. */
    static String of(String text) {
        StringBuilder line = new StringBuilder();
        boolean gap = false;
        for (int codePoint : text.codePoints().toArray()) {
            boolean blank = Character.isWhitespace(codePoint) || Character.isISOControl(codePoint);
            if (!blank) {
                line.append(gap && line.length() > 0 ? " " : "").appendCodePoint(codePoint);
            }
            gap = blank;
        }
        return line.length() <= LONGEST ? line.toString() : line.substring(0, LONGEST) + "...";
    }
}
