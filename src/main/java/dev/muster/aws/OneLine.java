package dev.muster.aws;

/** Formats text from services on one line. */
final class OneLine {
    private static final int LONGEST = 600;
    private static final int LONGEST_ATTEMPT = 400;

    private OneLine() {}

    /**
     * Shortens a sentence to one line: the attempt, which may contain keys of any length, is cut rather than the reason
     * of the failure.
     */
    static String ofFailure(String attempted, String reason) {
        return of(of(attempted, LONGEST_ATTEMPT) + " failed: " + reason);
    }

    /** The text with runs of white space and control characters as single spaces, cut if it is too long. */
    static String of(String text) {
        return of(text, LONGEST);
    }

    private static String of(String text, int longest) {
        StringBuilder line = new StringBuilder();
        boolean gap = false;
        for (int codePoint : text.codePoints().toArray()) {
            boolean blank = Character.isWhitespace(codePoint) || Character.isISOControl(codePoint);
            if (!blank) {
                line.append(gap && line.length() > 0 ? " " : "").appendCodePoint(codePoint);
            }
            gap = blank;
        }
        return line.length() <= longest ? line.toString() : line.substring(0, longest) + "...";
    }
}
