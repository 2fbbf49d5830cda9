package dev.muster.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Keeps the newest checkpoint of one run. Opening a store fences off those who opened it before (invariant 6).
 */
public interface CheckpointStore extends AutoCloseable {
    /** Grows with each opening of the same location; at least 1. */
    long epoch();

    /** The newest checkpoint, if there is one; to be closed after reading. */
    Optional<InputStream> load() throws IOException;

    /**
     * Replaces the checkpoint, which need not fit into memory. On return it is durable; after a failure the earlier one is
     * still whole.
     *
     * @throws SupersededException if another coordinator has taken over
     * @throws IOException if it could not be written
     */
    void save(Content checkpoint) throws IOException;

    /** Removes the checkpoint of a run that no longer needs one. */
    void clear() throws IOException;

    /** Location of the checkpoint, as {@code --checkpoint} takes it. */
    String location();

    @Override
    void close();

    /** Bytes that are written as they are made. */
    interface Content {
        /** Writes them from the first to the last; leaves the stream open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Another coordinator has taken over the run (invariant 6): the one that gets this must stop, and write no more. */
    final class SupersededException extends IOException {
        private static final long serialVersionUID = 1L;

        public SupersededException(String message) {
            super(message);
        }
    }
}
