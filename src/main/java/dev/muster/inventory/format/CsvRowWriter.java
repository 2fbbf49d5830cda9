package dev.muster.inventory.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.List;

/**
 * Writes CSV like Amazon S3 Inventory: no header, every field quoted, lines that end in a line feed, keys URL-encoded
 * (and so exact even if they are not UTF-8), an empty field for an unknown value.
 */
final class CsvRowWriter extends TextRowWriter {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(UTF_8);
    private static final BitSet UNENCODED = new BitSet();

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/*"
                .chars()
                .forEach(UNENCODED::set);
    }

    private final List<InventoryColumn> columns;

    CsvRowWriter(List<InventoryColumn> columns, InventoryCompression compression, OutputStream out) throws IOException {
        super(compression, out);
        this.columns = List.copyOf(columns);
    }

    @Override
    void line(InventoryRow row) {
        char separator = 0;
        for (InventoryColumn column : columns) {
            if (separator != 0) {
                append(separator);
            }
            separator = ',';
            append('"');
            Object value = column.of(row);
            if (value != null) {
                switch (column.type()) {
                    case KEY -> encoded(((ObjectKey) value).bytes());
                    case TEXT -> quoted((String) value);
                    case TIME -> appendAscii(IsoTime.text((Long) value));
                    case FLAG, NUMBER -> appendAscii(value.toString());
                }
            }
            append('"');
        }
        append('\n');
    }

    private void encoded(byte[] key) {
        for (byte value : key) {
            if (value > 0 && UNENCODED.get(value)) {
                append(value);
            } else {
                append('%');
                append(HEX[value >> 4 & 15]);
                append(HEX[value & 15]);
            }
        }
    }

    private void quoted(String text) {
        for (byte value : text.getBytes(UTF_8)) {
            if (value == '"') {
                append(value);
            }
            append(value);
        }
    }
}
