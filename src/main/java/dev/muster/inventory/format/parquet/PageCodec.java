package dev.muster.inventory.format.parquet;

import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.Zstandard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.format.CompressionCodec;

/** Compresses pages. */
final class PageCodec {
    private final InventoryCompression compression;

    PageCodec(InventoryCompression compression) {
        this.compression = compression;
    }

    CompressionCodec name() {
        return switch (compression) {
            case NONE -> CompressionCodec.UNCOMPRESSED;
            case GZIP -> CompressionCodec.GZIP;
            case ZSTD -> CompressionCodec.ZSTD;
        };
    }

    byte[] compress(byte[] page) throws IOException {
        return switch (compression) {
            case NONE -> page;
            case GZIP -> gzip(page);
            case ZSTD -> Zstandard.best().compress(page);
        };
    }

    private byte[] gzip(byte[] page) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream(page.length / 2);
        try (OutputStream out = compression.compress(target)) {
            out.write(page);
        }
        return target.toByteArray();
    }
}
