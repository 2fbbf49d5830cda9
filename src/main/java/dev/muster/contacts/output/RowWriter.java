package dev.muster.contacts.output;

import dev.muster.contacts.output.ContactsView.ContactsFormat;
import dev.muster.output.Csv;
import dev.muster.output.Json;
import dev.muster.output.TerminalText;
import dev.muster.output.TextTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes rows of named fields in any of the formats. */
public final class RowWriter {
    private RowWriter() {}

    /**
     * Writes a whole document.
     *
     * @param columns of CSV and of tables; a row without one of them has an empty cell there
     */
    public static void write(
            Appendable out, ContactsFormat format, List<String> columns, List<Map<String, Object>> rows)
            throws IOException {
        switch (format) {
            case JSONL -> {
                for (Map<String, Object> row : rows) {
                    jsonLine(out, row);
                }
            }
            case JSON -> json(out, rows);
            case CSV -> {
                Csv.record(out, columns);
                for (Map<String, Object> row : rows) {
                    csvLine(out, columns, row);
                }
            }
            case TABLE -> table(out, columns, rows);
            case HTML -> throw new IllegalArgumentException("a page is not written in rows");
        }
    }

    static void jsonLine(Appendable out, Map<String, Object> row) throws IOException {
        Json.write(out, row);
        out.append('\n');
    }

    static void csvLine(Appendable out, List<String> columns, Map<String, Object> row) throws IOException {
        Csv.record(out, columns.stream().map(row::get).toList());
    }

    private static void json(Appendable out, List<Map<String, Object>> rows) throws IOException {
        String separator = "[\n";
        for (Map<String, Object> row : rows) {
            out.append(separator);
            Json.write(out, row);
            separator = ",\n";
        }
        out.append(rows.isEmpty() ? "[]\n" : "\n]\n");
    }

    private static void table(Appendable out, List<String> columns, List<Map<String, Object>> rows) throws IOException {
        TextTable.Align[] alignment = new TextTable.Align[columns.size()];
        Arrays.fill(alignment, TextTable.Align.LEFT);
        TextTable table = new TextTable(alignment);
        table.row(columns.stream()
                .map(column -> column.toUpperCase(Locale.ROOT).replace('_', ' '))
                .toArray(String[]::new));
        for (Map<String, Object> row : rows) {
            table.row(columns.stream().map(column -> cell(row.get(column))).toArray(String[]::new));
        }
        table.write(out, "");
    }

    private static String cell(Object value) {
        return value == null ? "-" : TerminalText.escape(value.toString());
    }
}
