package dev.muster.inventory.format.parquet;

import dev.muster.inventory.format.InventoryCompression;
import io.airlift.compress.Compressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.parquet.format.CompressionCodec;

/** Compresses pages. One for all columns of a file, as its tables are large. */
final class PageCodec {
    private final InventoryCompression compression;
    private final Compressor zstd = new ZstdCompressor();

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
            case ZSTD -> {
                byte[] target = new byte[zstd.maxCompressedLength(page.length)];
                yield Arrays.copyOf(target, zstd.compress(page, 0, page.length, target, 0, target.length));
            }
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
