package dev.muster.output;

/**
 * Makes text from elsewhere safe to print: it stays on its line, moves no cursor, and shows every character. Escapes
 * are those of Java and Python strings; a backslash is doubled, so that the original can be told from the printed form.
 */
public final class TerminalText {
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private TerminalText() {}

    /**
     * Escapes controls, line separators, invisible formatting (bidirectional overrides among it), and spaces that are
     * not U+0020. The zero-width joiner, which emoji need, stays.
     */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(codePoint -> append(escaped, codePoint));
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int codePoint) {
        switch (codePoint) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            case '\\' -> escaped.append("\\\\");
            default -> {
                if (isPlain(codePoint)) {
                    escaped.appendCodePoint(codePoint);
                } else if (codePoint < 0x80) {
                    escaped.append(String.format("\\x%02x", codePoint));
                } else if (codePoint <= 0xFFFF) {
                    escaped.append(String.format("\\u%04x", codePoint));
                } else {
                    escaped.append(String.format("\\U%08x", codePoint));
                }
            }
        }
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
