package dev.muster.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A few objects of some megabytes at most in a place that all coordinators can reach. A write is conditional on what was there before,
 * which is what fences off a superseded coordinator (invariant 6). Thread-safe.
 */
public interface KeyValueStore extends AutoCloseable {
    /** An object and the tag that distinguishes this content from any other. */
    final class Stored {
        private final byte[] content;
        private final String tag;

        public Stored(byte[] content, String tag) {
            this.content = content.clone();
            this.tag = tag;
        }

        public byte[] content() {
            return content.clone();
        }

        public String tag() {
            return tag;
        }
    }

    /**
     * The object is not as the writer expected: someone else has written it, or an earlier write succeeded after all.
     */
    final class ConflictException extends IOException {
        private static final long serialVersionUID = 1L;

        public ConflictException(String message) {
            super(message);
        }
    }

    Optional<Stored> read(String name) throws IOException;

    /** The first bytes of an object that is not empty, at most this many. */
    Optional<byte[]> readHead(String name, int most) throws IOException;

    /**
     * Replaces an object. On return it is durable.
     *
     * @param expected the tag that it must have; empty if there must be none yet
     * @return its new tag
     * @throws ConflictException if it is not as expected; nothing was changed
     * @throws IOException if it could not be written, or it is unknown whether it was
     */
    String write(String name, byte[] content, Optional<String> expected) throws IOException;

    /** The names of the objects outside of folders, in order. A name may have one slash, behind that of a folder. */
    List<String> list() throws IOException;

    /** The names of the objects in a folder, each with the folder before it. */
    List<String> list(String folder) throws IOException;

    void delete(String name) throws IOException;

    /** Location of the objects, for messages. */
    String location();

    @Override
    void close();
}
