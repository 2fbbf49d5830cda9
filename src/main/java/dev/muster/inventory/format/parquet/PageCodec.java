package dev.muster.inventory.format.parquet;

import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.RowAssembler;
import dev.muster.inventory.format.Zstandard;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.parquet.format.CompressionCodec;

/** Compresses pages, and decompresses those of whichever writer. */
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

    /**
     * The bytes of a page.
     *
     * @param size of them
     */
    static byte[] decompress(CompressionCodec codec, byte[] page, int size, RowAssembler rows) throws IOException {
        try {
            byte[] plain =
                    switch (codec) {
                        case UNCOMPRESSED -> page;
                        case SNAPPY -> snappy(page, size);
                        case GZIP -> gunzip(page, size);
                        case ZSTD -> Zstandard.best().decompress(page, size);
                        default -> throw rows.damaged("it is compressed by " + codec + ", which is not read");
                    };
            if (plain.length != size) {
                throw rows.damaged("a page has " + plain.length + " bytes instead of " + size);
            }
            return plain;
        } catch (RuntimeException e) {
            throw rows.damaged("a page cannot be decompressed", e);
        }
    }

    private static byte[] snappy(byte[] page, int size) {
        byte[] plain = new byte[size];
        int length = new SnappyDecompressor().decompress(page, 0, page.length, plain, 0, size);
        return Arrays.copyOf(plain, length);
    }

    private static byte[] gunzip(byte[] page, int size) throws IOException {
        try (InputStream in = InventoryCompression.GZIP.decompress(new ByteArrayInputStream(page))) {
            return in.readNBytes(size);
        }
    }
}
