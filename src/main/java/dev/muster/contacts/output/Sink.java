package dev.muster.contacts.output;

import java.io.IOException;

/** Destination of lines. Positions are bytes from the start. */
interface Sink extends AutoCloseable {
    void append(byte[] bytes) throws IOException;

    /** Makes all that was appended durable, as far as the sink can, and returns the position behind it. */
    long sync() throws IOException;

    /** Goes back to a position and forgets what is behind it, where the sink can forget. */
    void rewind(long position) throws IOException;

    @Override
    void close() throws IOException;
}
