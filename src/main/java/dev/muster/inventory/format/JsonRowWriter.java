package dev.muster.inventory.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.muster.aws.s3.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;

/**
 * Writes JSON lines: an object per row, without unknown values. A key that is not UTF-8 is in {@code key_base64}
 * instead of {@code key}.
 */
final class JsonRowWriter extends TextRowWriter {
    private static final byte[] KEY_BASE64 = "\"key_base64\":\"".getBytes(UTF_8);

    private final List<InventoryColumn> columns;
    private final byte[][] names;

    JsonRowWriter(List<InventoryColumn> columns, InventoryCompression compression, OutputStream out)
            throws IOException {
        super(compression, out);
        this.columns = List.copyOf(columns);
        this.names = columns.stream()
                .map(column -> ("\"" + column.label() + "\":").getBytes(UTF_8))
                .toArray(byte[][]::new);
    }

    @Override
    void line(InventoryRow row) {
        char separator = '{';
        for (int i = 0; i < names.length; i++) {
            InventoryColumn column = columns.get(i);
            Object value = column.of(row);
            if (value == null) {
                continue;
            }
            append(separator);
            separator = ',';
            switch (column.type()) {
                case KEY -> key(names[i], (ObjectKey) value);
                case TEXT -> text(names[i], (String) value);
                case TIME -> text(names[i], IsoTime.text((Long) value));
                case FLAG, NUMBER -> {
                    append(names[i]);
                    appendAscii(value.toString());
                }
            }
        }
        append('}');
        append('\n');
    }

    private void key(byte[] name, ObjectKey key) {
        if (key.isText()) {
            text(name, key.text());
        } else {
            append(KEY_BASE64);
            append(Base64.getEncoder().encode(key.bytes()));
            append('"');
        }
    }

    private void text(byte[] name, String text) {
        append(name);
        append('"');
        append(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        append('"');
    }
}
