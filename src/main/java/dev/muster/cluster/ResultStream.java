package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import dev.muster.cluster.protocol.RegistryProtocol.ResultPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;

/** The result of an ended run, for a {@link ResultCodec}: asks the cluster for a message's worth at a time. */
public final class ResultStream extends InputStream {
    private final LongFunction<ResultPart> source;
    private ResultPart part;
    private byte[] bytes = {};
    private int read;

    /**
     * Asks for the first bytes.
     *
     * @param source gives the part of the result that begins at an offset
     * @throws ClusterException if there is no result
     */
    public ResultStream(LongFunction<ResultPart> source) {
        this.source = requireNonNull(source, "source is null");
        ask(0);
    }

    /** Tells whether the run was cancelled while no coordinator could continue it. */
    public boolean isEmpty() {
        return part.total() == 0;
    }

    private void ask(long offset) {
        part = source.apply(offset);
        if (part.total() < 0) {
            throw new ClusterException("the run has no result yet");
        }
        bytes = part.bytes().bytes();
        read = 0;
    }

    private boolean atEnd() throws IOException {
        if (read == bytes.length && part.offset() + read < part.total()) {
            ask(part.offset() + read);
            if (bytes.length == 0) {
                throw new IOException("it is cut off after " + part.offset() + " of " + part.total() + " bytes");
            }
        }
        return read == bytes.length;
    }

    @Override
    public int read() throws IOException {
        return atEnd() ? -1 : bytes[read++] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (atEnd()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - read);
        System.arraycopy(bytes, read, into, offset, count);
        read += count;
        return count;
    }
}
