package dev.muster.output;

import java.io.IOException;
import java.util.ArrayList;
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

    /** Writes all rows, each behind the indentation. */
    public void write(Appendable out, String indentation) throws IOException {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], DisplayWidth.of(row.get(column)));
            }
        }
        for (List<String> row : rows) {
            out.append((indentation + line(row, widths)).stripTrailing()).append('\n');
        }
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
