package dev.muster.events.dayfile;

import dev.muster.events.dayfile.DurableStore.Stored;
import dev.muster.events.queue.MessageSource.AckResult;
import java.util.ArrayList;
import java.util.List;

/** Adds up what was done until it is told. */
final class ProgressSums {
    private final List<Stored> stored = new ArrayList<>();
    private long duplicates;
    private long conflicts;
    private long deleted;
    private long deleteFailures;
    private long lost;
    private long released;
    private long gone;

    void stored(Stored how, long deliveries) {
        stored.add(how);
        if (how instanceof Stored.Merged merged) {
            duplicates += deliveries - merged.counts().added();
        }
    }

    void conflict() {
        conflicts++;
    }

    void lost(long number) {
        lost += number;
    }

    void deleted(AckResult result) {
        switch (result.outcome()) {
            case DONE -> deleted++;
            case LOST -> lost++;
            case FAILED -> deleteFailures++;
            case IGNORED -> {}
        }
    }

    void released(AckResult result) {
        if (result.outcome() == AckResult.Outcome.DONE) {
            released++;
        }
    }

    void gone(long deliveries) {
        gone += deliveries;
    }

    Flush.Progress take() {
        Flush.Progress progress =
                new Flush.Progress(stored, duplicates, conflicts, deleted, deleteFailures, lost, released, gone);
        stored.clear();
        duplicates = 0;
        conflicts = 0;
        deleted = 0;
        deleteFailures = 0;
        lost = 0;
        released = 0;
        gone = 0;
        return progress;
    }
}
