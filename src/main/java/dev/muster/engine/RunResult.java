package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Progress.Stats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Result of a run, complete or not.
 *
 * @param outstanding tasks neither completed nor abandoned; empty if the run is complete. Then a checkpoint holds those
 *     that were given up for reasons that may pass
 * @param startedAt when it was started for the first time
 * @param elapsed working time, without the pauses between interruption and resumption
 * @param checkpoint location of the checkpoint from which the run can be resumed; empty if there is none
 */
public record RunResult<T, P>(
        RunEnd end,
        P summary,
        Stats stats,
        List<T> outstanding,
        Instant startedAt,
        Duration elapsed,
        Optional<String> checkpoint) {
    public RunResult {
        requireNonNull(end, "end is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(stats, "stats is null");
        outstanding = List.copyOf(outstanding);
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(elapsed, "elapsed is null");
        requireNonNull(checkpoint, "checkpoint is null");
    }

    /** Reason for the end of a run. */
    public sealed interface RunEnd {
        /** No task is left to do; some may have been abandoned, or kept in the checkpoint for a resumption. */
        record Complete() implements RunEnd {}

        /** Stopped on request; the outstanding tasks are in the checkpoint. */
        record Interrupted() implements RunEnd {}

        /** Could not go on; the outstanding tasks are in the checkpoint. */
        record Halted(Failure failure) implements RunEnd {
            public Halted {
                requireNonNull(failure, "failure is null");
            }
        }
    }
}
