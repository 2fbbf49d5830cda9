package dev.muster.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for terminals: columns as wide as their widest cell, two spaces between them, none at the end of a line. */
public final class TextTable {
    private static final String GAP = "  ";

    /** Alignment of a column's cells. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private final List<Align> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(Align... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row. Cells are printed as they are, so text from elsewhere must be {@linkplain TerminalText escaped}. */
    public TextTable row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /**
     * Writes all rows within a terminal's width, without some columns if they do not fit.
     *
     * @param width the width of the terminal in columns
     * @param dispensable headings of columns that may be dropped, in this order
     */
    public void write(Appendable out, int width, List<String> dispensable) throws IOException {
        write(out, "", width, dispensable);
    }

    /** The same, each row behind the indentation. */
    public void write(Appendable out, String indentation, int width, List<String> dispensable) throws IOException {
        TextTable table = this;
        for (String heading : dispensable) {
            table = table.width() > width - indentation.length() ? table.without(heading) : table;
        }
        table.write(out, indentation);
    }

    private int width() {
        int[] widths = widths();
        return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private TextTable without(String heading) {
        int left = rows.isEmpty() ? -1 : rows.get(0).indexOf(heading);
        if (left < 0) {
            return this;
        }
        TextTable narrower = new TextTable(without(columns, left).toArray(Align[]::new));
        rows.forEach(row -> narrower.row(without(row, left).toArray(String[]::new)));
        return narrower;
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> rest = new ArrayList<>(list);
        rest.remove(index);
        return rest;
    }

    /** Writes all rows, each with an indentation. */
    public void write(Appendable out, String indentation) throws IOException {
        int[] widths = widths();
        for (List<String> row : rows) {
            out.append((indentation + line(row, widths)).stripTrailing()).append('\n');
        }
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], DisplayWidth.of(row.get(column)));
            }
        }
        return widths;
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - DisplayWidth.of(cell));
            line.append(column == 0 ? "" : GAP);
            line.append(columns.get(column) == Align.LEFT ? cell + padding : padding + cell);
        }
        return line.toString();
    }

    /** Width of text in terminal cells, after Unicode's UAX 11: wide characters and emoji two, combining marks none. */
    public static final class DisplayWidth {
        /** First and last code points of the wide blocks, in ascending order. */
        private static final int[] WIDE = {
            0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00,
            0x9FFF, 0xA000, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60,
            0xFFE0, 0xFFE6, 0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F320,
            0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0,
            0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F567,
            0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC,
            0x1F7E0, 0x1F7F0, 0x1F90C, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x3FFFD
        };

        private DisplayWidth() {}

        public static int of(String text) {
            return text.codePoints().map(DisplayWidth::of).sum();
        }

        /** The text, or as much of its beginning as fits into a width of at least 1, with an ellipsis. */
        public static String cut(String text, int width) {
            if (of(text) <= width) {
                return text;
            }
            int end = 0;
            int left = width - 1;
            while (of(text.codePointAt(end)) <= left) {
                left -= of(text.codePointAt(end));
                end = text.offsetByCodePoints(end, 1);
            }
            return text.substring(0, end) + "…";
        }

        /** The text, or as much of its end as fits into a width of at least 1, behind an ellipsis. */
        public static String cutStart(String text, int width) {
            if (of(text) <= width) {
                return text;
            }
            int start = text.length();
            int left = width - 1;
            while (of(text.codePointBefore(start)) <= left) {
                left -= of(text.codePointBefore(start));
                start = text.offsetByCodePoints(start, -1);
            }
            return "…" + text.substring(start);
        }

        private static int of(int codePoint) {
            return switch (Character.getType(codePoint)) {
                case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
                default -> isWide(codePoint) ? 2 : 1;
            };
        }

        private static boolean isWide(int codePoint) {
            int low = 0;
            int high = WIDE.length / 2 - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (codePoint < WIDE[2 * middle]) {
                    high = middle - 1;
                } else if (codePoint > WIDE[2 * middle + 1]) {
                    low = middle + 1;
                } else {
                    return true;
                }
            }
            return false;
        }
    }
}
