package dev.muster.inventory.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Zstandard compression (RFC 8878): by the native library, which takes a tenth of the time, or in Java where that cannot
 * be loaded, as on a processor that it was not built for or with a {@code /tmp} that runs nothing. Thread-safe.
 */
public enum Zstandard {
    NATIVE,
    PORTABLE;

    /**
     * The fastest level. ETags, most of an inventory, are random digits: higher levels look for what they have in common,
     * which is nothing, and end up larger.
     */
    private static final int LEVEL = 1;

    private static final Zstandard BEST = loaded() ? NATIVE : PORTABLE;

    /** The better one that works here. */
    public static Zstandard best() {
        return BEST;
    }

    private static boolean loaded() {
        try {
            Native.load();
            return Native.isLoaded();
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }

    /** A block as one frame. */
    public byte[] compress(byte[] block) {
        if (this == NATIVE) {
            return Zstd.compress(block, LEVEL);
        }
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] target = new byte[compressor.maxCompressedLength(block.length)];
        return Arrays.copyOf(target, compressor.compress(block, 0, block.length, target, 0, target.length));
    }

    /**
     * The block of its frames.
     *
     * @param size the block's
     * @throws RuntimeException if it is damaged, or has more bytes
     */
    public byte[] decompress(byte[] frames, int size) {
        byte[] block = new byte[size];
        long length = this == NATIVE
                ? Zstd.decompressByteArray(block, 0, size, frames, 0, frames.length)
                : new ZstdDecompressor().decompress(frames, 0, frames.length, block, 0, size);
        if (length != size) {
            throw new IllegalArgumentException("it has " + length + " bytes instead of " + size);
        }
        return block;
    }

    OutputStream compress(OutputStream out) throws IOException {
        return this == NATIVE ? new ZstdOutputStreamNoFinalizer(out, LEVEL) : new ZstdOutputStream(out);
    }

    InputStream decompress(InputStream in) throws IOException {
        return this == NATIVE ? new ZstdInputStreamNoFinalizer(in) : new ZstdInputStream(in);
    }
}
