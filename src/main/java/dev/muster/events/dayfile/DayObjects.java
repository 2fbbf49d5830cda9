package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Objects that are replaced only on a condition. Failures are {@link dev.muster.engine.TaskException}s. */
public interface DayObjects {
    /** Result of a read. */
    sealed interface Found {
        /** The whole object, verified, is in the file. */
        record Whole(String etag) implements Found {
            public Whole {
                requireNonNull(etag, "etag is null");
            }
        }

        /** There is no such object, by a clear answer. */
        record Missing() implements Found {}

        /** Access was denied. Without permission to list the bucket that is also the answer for a missing object. */
        record Denied() implements Found {}
    }

    /** Outcome of a conditional write. */
    enum Written {
        DONE,
        /** The object is not as the condition says. */
        CONFLICT,
        /** Someone else is writing at the same time, which says nothing about the object. */
        BUSY
    }

    /** Reads an object into a file. A body that is cut off or damaged is a transient failure. */
    CompletableFuture<Found> read(String key, Path into);

    /** Replaces the object if it still has this ETag. */
    CompletableFuture<Written> replace(String key, Path content, String etag);

    /** Creates the object if there is none. */
    CompletableFuture<Written> create(String key, Path content);
}
