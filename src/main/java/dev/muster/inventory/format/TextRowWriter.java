package dev.muster.inventory.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes rows as compressed lines of text. */
abstract class TextRowWriter implements InventoryWriter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final CountingOutput counted;
    private final OutputStream compressed;
    private byte[] buffer = new byte[BUFFER_BYTES + 4096];
    private int length;
    private long rows;
    private boolean closed;

    TextRowWriter(InventoryCompression compression, OutputStream out) throws IOException {
        this.counted = new CountingOutput(out);
        this.compressed = compression.compress(counted);
    }

    /** Appends a row's line, by {@link #append}. */
    abstract void line(InventoryRow row);

    @Override
    public final void write(InventoryRow row) throws IOException {
        line(row);
        rows++;
        if (length >= BUFFER_BYTES) {
            flush();
        }
    }

    final void append(char ascii) {
        append((byte) ascii);
    }

    final void append(byte value) {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * length);
        }
        buffer[length++] = value;
    }

    final void append(byte[] bytes) {
        if (buffer.length - length < bytes.length) {
            buffer = Arrays.copyOf(buffer, 2 * (length + bytes.length));
        }
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    /** Appends ASCII text. */
    final void appendAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            append((byte) text.charAt(i));
        }
    }

    private void flush() throws IOException {
        compressed.write(buffer, 0, length);
        length = 0;
    }

    @Override
    public final long rows() {
        return rows;
    }

    @Override
    public final long bytes() {
        return counted.bytes();
    }

    @Override
    public final void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (compressed) {
            flush();
        }
    }

    @Override
    public final void abandon() {
        try {
            counted.close();
        } catch (IOException e) {
            // The file is no longer needed.
        }
    }
}
