package dev.muster.events.dayfile;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks a file of one or more members (RFC 1952) to its last byte. Java's own stream takes whatever follows a member and
 * is no header for the end of the file.
 */
final class WholeGzip extends GZIPInputStream {
    private static final int BUFFER = 1 << 16;
    /** Bytes behind a member's deflated data: checksum and size. */
    private static final int TRAILER = 8;

    private final SeekableByteChannel file;
    private long filledUpTo;

    WholeGzip(SeekableByteChannel file) throws IOException {
        super(Channels.newInputStream(file), BUFFER);
        this.file = file;
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        filledUpTo = file.position();
    }

    /**
     * Reads as the base class does.
     *
     * @throws ZipException also where the last member is not the end of the file
     */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read < 0 && filledUpTo - inf.getRemaining() + TRAILER != file.size()) {
            throw new ZipException("what follows the compressed lines is not compressed");
        }
        return read;
    }
}
