package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A consistent cut of a run (invariant 5): what has been merged and what is still to do, at the same instant.
 *
 * @param startedAt when the run was started for the first time
 * @param elapsedMillis working time so far, without the pauses between interruption and resumption
 * @param outputPosition position up to which output had been written durably, see {@link
 *     dev.muster.engine.Output#sync()}
 */
public record Checkpoint<T, P>(
        Instant startedAt,
        long elapsedMillis,
        Stats stats,
        List<PendingTask<T>> outstanding,
        P summary,
        long outputPosition) {
    public Checkpoint {
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(stats, "stats is null");
        outstanding = List.copyOf(outstanding);
        requireNonNull(summary, "summary is null");
    }
}
