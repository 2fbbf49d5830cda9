package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.events.dayfile.DurableStore.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answer to a request to write or to return messages.
 *
 * @param failure reason of a failure; the numbers are then kept for the next answer
 * @param progress what was done since the last answer without a failure
 */
public record Flush(Optional<Failure> failure, Progress progress) {
    /**
     * Outcome of a flush.
     *
     * @param stored outcome of each write without a conflict
     * @param duplicates messages written whose line already existed
     * @param conflicts writes that found the file replaced
     * @param deleted messages deleted
     * @param deleteFailures delete entries that failed
     * @param lost messages whose lease ended before they could be deleted
     * @param released messages returned to the queue
     * @param gone deliveries that are no longer held, including repeated ones
     */
    public record Progress(
            List<Stored> stored,
            long duplicates,
            long conflicts,
            long deleted,
            long deleteFailures,
            long lost,
            long released,
            long gone) {
        public static final Progress NONE = new Progress(List.of(), 0, 0, 0, 0, 0, 0, 0);

        public Progress {
            stored = List.copyOf(stored);
        }

        public Progress plus(Progress more) {
            List<Stored> both = new ArrayList<>(stored);
            both.addAll(more.stored());
            return new Progress(
                    both,
                    duplicates + more.duplicates(),
                    conflicts + more.conflicts(),
                    deleted + more.deleted(),
                    deleteFailures + more.deleteFailures(),
                    lost + more.lost(),
                    released + more.released(),
                    gone + more.gone());
        }
    }

    public Flush {
        requireNonNull(failure, "failure is null");
        requireNonNull(progress, "progress is null");
    }
}
