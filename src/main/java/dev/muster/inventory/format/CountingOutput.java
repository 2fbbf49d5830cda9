package dev.muster.inventory.format;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Stream that counts the bytes that pass through it. */
public final class CountingOutput extends FilterOutputStream {
    private long bytes;

    public CountingOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        bytes += length;
    }

    /** Number of bytes so far. */
    public long bytes() {
        return bytes;
    }
}
