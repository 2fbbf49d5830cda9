package dev.muster.contacts.output;

import java.io.IOException;
import java.util.Optional;

/** Destination of lines. Positions are bytes from the start. */
interface Sink extends AutoCloseable {
    void append(byte[] bytes) throws IOException;

    /** Makes all that was appended durable, as far as the sink can, and returns the position behind it. */
    long sync() throws IOException;

    /** Goes back to a position and forgets what is behind it, where the sink can forget. */
    void rewind(long position) throws IOException;

    /**
     * Shows what was appended as a whole, where that was not shown as it came. Nothing follows.
     *
     * @param resumable true if another run will continue behind what was appended
     */
    void publish(boolean resumable) throws IOException;

    /** The file in which lines wait to be published; empty if there is none. */
    Optional<String> waiting();

    @Override
    void close() throws IOException;
}
