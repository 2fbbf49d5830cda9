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
 * Zstandard compression (RFC 8878): by the native library, which takes a tenth of the time, or in Java if that cannot
 * be loaded, as on an unsupported processor or with {@code /tmp} mounted without execution. Thread-safe.
 */
public enum Zstandard {
    NATIVE,
    PORTABLE;

    /**
     * The fastest level. Most of an inventory are ETags, which are random digits: higher levels search for similarities
     * in vain, and produce larger files.
     */
    private static final int LEVEL = 1;

    private static final Zstandard BEST = loaded() ? NATIVE : PORTABLE;

    /** The faster one that works here. */
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

    /** Compresses a block into one frame. */
    public byte[] compress(byte[] block) {
        if (this == NATIVE) {
            return Zstd.compress(block, LEVEL);
        }
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] target = new byte[compressor.maxCompressedLength(block.length)];
        return Arrays.copyOf(target, compressor.compress(block, 0, block.length, target, 0, target.length));
    }

    /**
     * Decompresses the frames of a block.
     *
     * @param size the size of the block
     * @throws RuntimeException if it is damaged or larger
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
