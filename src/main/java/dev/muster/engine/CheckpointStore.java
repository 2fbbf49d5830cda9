package dev.muster.engine;

import java.io.IOException;
import java.util.Optional;

/**
 * Keeps the newest checkpoint of one run. Opening a store fences off those who opened it before (invariant 6).
 */
public interface CheckpointStore extends AutoCloseable {
    /** Grows with each opening of the same location; at least 1. */
    long epoch();

    /** The newest checkpoint, if there is one. */
    Optional<byte[]> load() throws IOException;

    /**
     * Replaces the checkpoint. On return it is durable; after a failure the earlier one is still whole.
     *
     * @throws SupersededException if another coordinator has taken over
     * @throws IOException if it could not be written
     */
    void save(byte[] checkpoint) throws IOException;

    /** Removes the checkpoint of a run that no longer needs one. */
    void clear() throws IOException;

    /** Location of the checkpoint, as {@code --checkpoint} takes it. */
    String location();

    @Override
    void close();

    /** Another coordinator has taken over the run (invariant 6): the one that gets this must stop, and write no more. */
    final class SupersededException extends IOException {
        private static final long serialVersionUID = 1L;

        public SupersededException(String message) {
            super(message);
        }
    }
}
