package dev.muster.events.dayfile;

import dev.muster.events.dayfile.DayStore.NotADayFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a file's lines, compressed or not, and notices whether it is written the way that Muster writes files. A line ends
 * with a line feed, a carriage return, or both, as it does for Python's {@code open}.
 */
final class LineReader implements LineSource {
    /** A longer line is no event; holding it would break the bound on memory. */
    static final int MAX_LINE = 16 << 20;

    private static final int BUFFER = 1 << 16;
    private static final byte[] EMPTY = {};

    private final InputStream in;
    private final boolean compressed;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean clean = true;
    private boolean afterCarriageReturn;

    private LineReader(InputStream in, boolean compressed) {
        this.in = in;
        this.compressed = compressed;
    }

    static LineReader open(Path file) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        try {
            InputStream raw = Channels.newInputStream(channel);
            boolean compressed = raw.read() == 0x1F && raw.read() == 0x8B;
            channel.position(0);
            return new LineReader(compressed ? new WholeGzip(channel) : raw, compressed);
        } catch (IOException e) {
            channel.close();
            throw e instanceof EOFException || e instanceof ZipException ? new NotADayFileException(e) : e;
        }
    }

    /** Opens a file of our own, which is never compressed, whatever its first bytes are. */
    static LineReader openPlain(Path file) throws IOException {
        return new LineReader(Files.newInputStream(file), false);
    }

    boolean compressed() {
        return compressed;
    }

    /** Tells whether every line so far was without trailing white space and ended by a line feed. */
    boolean clean() {
        return clean;
    }

    @Override
    public byte[] next() throws IOException {
        byte[] line = EMPTY;
        while (fill()) {
            skipSecondHalfOfLineEnd();
            int end = indexOfLineEnd();
            line = append(line, end);
            if (end < limit) {
                afterCarriageReturn = buffer[end] == '\r';
                clean &= !afterCarriageReturn;
                position = end + 1;
                return strip(line);
            }
            position = limit;
        }
        if (line.length == 0) {
            return null;
        }
        clean = false;
        return strip(line);
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, read());
        }
        return limit > 0;
    }

    private int read() throws IOException {
        try {
            return in.read(buffer, 0, BUFFER);
        } catch (EOFException | ZipException e) {
            throw new NotADayFileException(e);
        }
    }

    private void skipSecondHalfOfLineEnd() {
        if (afterCarriageReturn && buffer[position] == '\n') {
            position++;
        }
        afterCarriageReturn = false;
    }

    private int indexOfLineEnd() {
        int end = position;
        while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        return end;
    }

    private byte[] append(byte[] line, int end) throws IOException {
        int added = end - position;
        if (line.length + added > MAX_LINE) {
            throw new NotADayFileException("a line is longer than " + MAX_LINE + " bytes");
        }
        if (line.length == 0) {
            return Arrays.copyOfRange(buffer, position, end);
        }
        byte[] longer = Arrays.copyOf(line, line.length + added);
        System.arraycopy(buffer, position, longer, line.length, added);
        return longer;
    }

    private byte[] strip(byte[] line) {
        int length = LineOrder.strippedLength(line, line.length);
        clean &= length == line.length;
        return length == line.length ? line : Arrays.copyOf(line, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /**
     * Unpacks a file of one or more members (RFC 1952) to its last byte. Java's own stream takes whatever follows a member and
     * is no header for the end of the file.
     */
    static final class WholeGzip extends GZIPInputStream {
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
}
