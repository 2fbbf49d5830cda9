package dev.muster.events.dayfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.DayStore.DayObjects.Found;
import dev.muster.events.dayfile.DayStore.DayObjects.Written;
import dev.muster.events.dayfile.DurableStore.MergeCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Merges lines into the file of one day: reads it, merges it with the lines on disk, and replaces it only if nobody
 * else has done so since. It creates a file only after a clear answer that there is none, and even then on the
 * condition that there is none.
 */
public final class DayStore implements DurableStore {
    private final DayObjects objects;
    private final String key;
    private final FileMerge merge;
    private final TempDirectory tempDirectory;
    private final Executor blocking;
    private final boolean dryRun;

    private record Work(Path folder, SortedSet<byte[]> lines) {
        Path before() {
            return folder.resolve("before");
        }

        Path after() {
            return folder.resolve("after");
        }
    }

    /**
     * A store for one key.
     *
     * @param blocking executor of what waits for the disk
     * @param dryRun whether to write nothing and report what would have been written
     */
    public DayStore(
            DayObjects objects,
            String key,
            FileMerge merge,
            TempDirectory tempDirectory,
            Executor blocking,
            boolean dryRun) {
        this.objects = requireNonNull(objects, "objects is null");
        this.key = requireNonNull(key, "key is null");
        this.merge = requireNonNull(merge, "merge is null");
        this.tempDirectory = requireNonNull(tempDirectory, "scratch is null");
        this.blocking = requireNonNull(blocking, "blocking is null");
        this.dryRun = dryRun;
    }

    @Override
    public CompletableFuture<Stored> store(Collection<Content> contents) {
        return CompletableFuture.supplyAsync(() -> prepare(contents), blocking).thenCompose(work -> store(work)
                .whenCompleteAsync((stored, error) -> tempDirectory.delete(work.folder()), blocking));
    }

    private Work prepare(Collection<Content> contents) {
        SortedSet<byte[]> lines = new TreeSet<>(LineOrder.ORDER);
        for (Content content : contents) {
            byte[] line = ((Content.Line) content).text().getBytes(UTF_8);
            lines.add(line);
        }
        return new Work(onDisk(tempDirectory::newFolder), lines);
    }

    private CompletableFuture<Stored> store(Work work) {
        return objects.read(key, work.before())
                .thenCompose(found ->
                        found instanceof Found.Whole whole ? replaced(work, whole.etag()) : created(work, found));
    }

    private CompletableFuture<Stored> replaced(Work work, String etag) {
        return merged(work, Optional.of(work.before()))
                .thenCompose(counts -> counts.changed() && !dryRun
                        ? objects.replace(key, work.after(), etag).thenApply(written -> stored(written, counts, work))
                        : CompletableFuture.completedFuture(stored(Written.DONE, counts, work)));
    }

    private CompletableFuture<Stored> created(Work work, Found found) {
        return merged(work, Optional.empty())
                .thenCompose(counts -> dryRun
                        ? CompletableFuture.completedFuture(stored(Written.DONE, counts, work))
                        : objects.create(key, work.after())
                                .thenCompose(written -> found instanceof Found.Denied && written == Written.CONFLICT
                                        ? unreadable(work)
                                        : CompletableFuture.completedFuture(stored(written, counts, work))));
    }

    private CompletableFuture<MergeCounts> merged(Work work, Optional<Path> before) {
        return CompletableFuture.supplyAsync(
                () -> onDisk(() -> merge.merge(before, work.lines(), work.after())), blocking);
    }

    /**
     * Fails with the reason why an existing day could not be read: either someone has created it since, or it cannot be
     * merged at all, and trying again would not help.
     */
    private CompletableFuture<Stored> unreadable(Work work) {
        return objects.read(key, work.before()).thenApply(found -> {
            if (found instanceof Found.Denied) {
                throw new TaskException(new Failure(
                        Failure.Kind.DENIED,
                        "AccessDenied",
                        "the day's file " + key + " exists but cannot be read: allow s3:GetObject on it, and"
                                + " kms:Decrypt on its key where it is encrypted with one of KMS"));
            }
            return new Stored.Conflict();
        });
    }

    private Stored stored(Written written, MergeCounts counts, Work work) {
        return written == Written.DONE ? new Stored.Merged(counts, preview(work)) : new Stored.Conflict();
    }

    private List<String> preview(Work work) {
        return dryRun
                ? work.lines().stream().map(line -> new String(line, UTF_8)).toList()
                : List.of();
    }

    private interface DiskWork<V> {
        V run() throws IOException;
    }

    /** Runs disk work; a day file that cannot be decompressed stays unchanged. */
    private <V> V onDisk(DiskWork<V> work) {
        try {
            return work.run();
        } catch (NotADayFileException e) {
            throw new TaskException(
                    new Failure(
                            Failure.Kind.INVALID,
                            "NotADayFile",
                            "the day's file " + key + " cannot be read and stays as it is: " + e.getMessage()
                                    + "; mend it, or move it away"),
                    e);
        } catch (IOException e) {
            throw DiskFailure.of(e, "merge " + key + " on disk in " + tempDirectory);
        }
    }

    /** An object in the place of a day file that cannot be read as one, however often it is tried. */
    static final class NotADayFileException extends IOException {
        private static final long serialVersionUID = 1L;

        NotADayFileException(String why) {
            super(why);
        }

        NotADayFileException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

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
}
