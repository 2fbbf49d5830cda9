package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.events.dayfile.DurableStore.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a request to write or to give back.
 *
 * @param failure why it failed; the numbers are then kept for the next answer
 * @param progress what was done since the last answer without failure
 */
public record Flush(Optional<Failure> failure, Progress progress) {
    /**
     * Outcome of a flush.
     *
     * @param stored how each write ended that was not in conflict
     * @param duplicates messages written whose line was there already
     * @param conflicts writes that found the file replaced
     * @param deleted messages deleted
     * @param deleteFailures delete entries that failed
     * @param lost messages whose lease was over before they could be deleted
     * @param released messages given back
     * @param gone deliveries that are no longer held, repeated ones counted each
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
