package dev.muster.inventory.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compression of an inventory's files: of the whole file for CSV and JSON lines, of each page for Parquet. */
public enum InventoryCompression {
    NONE(""),
    GZIP(".gz"),
    ZSTD(".zst");

    private static final int BUFFER_BYTES = 64 * 1024;

    private final String suffix;

    InventoryCompression(String suffix) {
        this.suffix = suffix;
    }

    /** Suffix of the name of a file that is compressed as a whole, including the dot. */
    public String suffix() {
        return suffix;
    }

    /** A stream that compresses into another one, which is closed with it. */
    public OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new FastGzip(out);
            case ZSTD -> Zstandard.best().compress(out);
        };
    }

    /** A stream that decompresses another one, which is closed with it. */
    public InputStream decompress(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER_BYTES);
            case ZSTD -> Zstandard.best().decompress(in);
        };
    }

    /** GZIP at the fastest level, as a listing must not wait for it. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
