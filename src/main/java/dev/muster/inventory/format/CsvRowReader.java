package dev.muster.inventory.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads CSV as written by Amazon S3 Inventory: no header, fields quoted or not, keys URL-encoded with a blank as {@code
 * %20} or {@code +}, an empty field for an unknown value.
 */
final class CsvRowReader implements RowReader {
    private static final int LONGEST_FIELD = 1024 * 1024;
    private static final int LINE_END = '\n';

    private final InputStream in;
    private final RowAssembler rows;
    private final InventoryColumn[] columns;
    private byte[] field = new byte[4096];
    private int length;
    private boolean quoted;
    private long line;

    /** @param schema names of the columns, with commas between them */
    CsvRowReader(InputStream in, String schema, RowAssembler rows) throws IOException {
        this.in = in;
        this.rows = rows;
        this.columns = Arrays.stream(schema.split(",", -1))
                .map(name -> rows.column(name).orElse(null))
                .toArray(InventoryColumn[]::new);
        if (!Arrays.asList(columns).contains(InventoryColumn.KEY)) {
            in.close();
            throw rows.damaged("the manifest's schema names no column Key: " + schema);
        }
    }

    @Override
    public InventoryRow next() throws IOException {
        try {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            line++;
            rows.begin();
            for (int i = 0; i < columns.length; i++) {
                int end = readField(c);
                boolean last = i == columns.length - 1;
                if (last != (end == LINE_END || end < 0)) {
                    throw rows.damaged("line " + line + " has " + (last ? "more" : "only " + (i + 1))
                            + " fields, the manifest's schema " + columns.length);
                }
                if (columns[i] != null && length > 0) {
                    rows.set(columns[i], value(columns[i]));
                }
                c = last ? 0 : in.read();
            }
            return rows.row();
        } catch (InventoryException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw rows.damaged("behind line " + line + " it is damaged", e);
        }
    }

    /** Reads a field that begins with the given byte; returns the byte after it: a comma, or the end of the line. */
    private int readField(int first) throws IOException {
        length = 0;
        quoted = first == '"';
        int c = quoted ? in.read() : first;
        while (true) {
            if (c < 0 && quoted) {
                throw rows.damaged("it ends within line " + line);
            } else if (quoted && c == '"') {
                c = in.read();
                if (c != '"') {
                    return delimiter(c);
                }
            } else if (!quoted && (c == ',' || c == LINE_END || c == '\r' || c < 0)) {
                return delimiter(c);
            }
            append(c);
            c = in.read();
        }
    }

    private int delimiter(int c) throws IOException {
        int end = c == '\r' ? in.read() : c;
        if (end != ',' && end != LINE_END && end >= 0) {
            throw rows.damaged("line " + line + " has text behind a field's closing quote");
        }
        return end;
    }

    private void append(int c) throws InventoryException {
        if (length == LONGEST_FIELD) {
            throw rows.damaged("line " + line + " has a field of more than " + LONGEST_FIELD + " bytes");
        } else if (length == field.length) {
            field = Arrays.copyOf(field, 2 * length);
        }
        field[length++] = (byte) c;
    }

    private Object value(InventoryColumn column) throws InventoryException {
        if (column.type() == InventoryColumn.Type.KEY) {
            return key();
        }
        String text = new String(field, 0, length, UTF_8);
        return TextValues.of(column, text)
                .orElseThrow(() -> rows.damaged("line " + line + " has \"" + text + "\" for " + column.csvName()));
    }

    private ObjectKey key() throws InventoryException {
        int to = 0;
        for (int i = 0; i < length; i++, to++) {
            byte c = field[i];
            if (c == '%') {
                int high = i + 2 < length ? Character.digit(field[i + 1], 16) : -1;
                int low = i + 2 < length ? Character.digit(field[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw rows.damaged("line " + line + " has a key that is not URL-encoded");
                }
                field[to] = (byte) (high << 4 | low);
                i += 2;
            } else {
                field[to] = c == '+' ? (byte) ' ' : c;
            }
        }
        return ObjectKey.copyOf(field, 0, to);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
