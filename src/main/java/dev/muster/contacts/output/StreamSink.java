package dev.muster.contacts.output;

import java.io.IOException;
import java.io.OutputStream;

/** A pipe or terminal: what is written cannot be taken back, so a resumed run may repeat what came after its checkpoint. */
final class StreamSink implements Sink {
    private final OutputStream out;
    private long position;

    StreamSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void append(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        position += bytes.length;
    }

    @Override
    public long sync() throws IOException {
        out.flush();
        return position;
    }

    @Override
    public void rewind(long to) {
        position = to;
    }

    /** Nothing is left to write: what was appended was flushed, and told if it could not be. */
    @Override
    public void close() {}
}
