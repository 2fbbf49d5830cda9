package dev.muster.events.dayfile;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkCancellationException;

/** Failures of the disk used for merging. Disks fill up and are cleared, so all of them may pass. */
final class DiskFailure {
    /** System messages about files that cannot grow, the only way to tell such a failure from a broken connection. */
    private static final Set<String> FULL = Set.of("No space left on device", "Disk quota exceeded", "File too large");

    private DiskFailure() {}

    /** The disk failure that caused an error, if one did. */
    static Optional<IOException> within(Throwable error) {
        return Stream.<Throwable>iterate(error, at -> at != null, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .map(IOException.class::cast)
                .filter(cause -> cause instanceof FileSystemException || FULL.contains(cause.getMessage()))
                .findFirst();
    }

    /** The SDK aborts a download by itself only if the file cannot be written, and then may not say why. */
    static Optional<IOException> ofDownload(Throwable error) {
        return Stream.<Throwable>iterate(error, at -> at != null, Throwable::getCause)
                .filter(SdkCancellationException.class::isInstance)
                .map(cancelled -> new IOException("its file could not be written", cancelled))
                .findFirst();
    }

    /**
     * The failure, with what to do.
     *
     * @param attempted what was attempted, on what and where: {@code merge day on disk in /tmp}
     */
    static TaskException of(IOException error, String attempted) {
        return new TaskException(
                new Failure(
                        Failure.Kind.TRANSIENT,
                        error.getClass().getSimpleName(),
                        "cannot " + attempted + ": " + error.getMessage()
                                + "; make room there, or give another muster.events.temporary-directory"),
                error);
    }
}
