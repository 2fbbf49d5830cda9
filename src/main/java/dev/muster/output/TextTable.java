package dev.muster.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for terminals: columns as wide as their widest cell, two spaces between them, none at the end of a line. */
public final class TextTable {
    private static final String GAP = "  ";

    /** On which side a column's cells line up. */
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
     * Writes all rows in so many columns of a terminal: where they do not fit, without some of the table's.
     *
     * @param width of the terminal
     * @param dispensable headings of the columns to leave out, the first before the others
     */
    public void write(Appendable out, int width, List<String> dispensable) throws IOException {
        TextTable table = this;
        for (String heading : dispensable) {
            table = table.width() > width ? table.without(heading) : table;
        }
        table.write(out, "");
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

    /** Writes all rows, each behind the indentation. */
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
}
