package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param startedAt when it was started for the first time
 * @param elapsed working time, pauses between interruption and resumption left out
 * @param checkpoint where the checkpoint is from which the run can be resumed; empty if there is none
 */
public record RunResult<P>(
        RunEnd end, P summary, Stats stats, Instant startedAt, Duration elapsed, Optional<String> checkpoint) {
    public RunResult {
        requireNonNull(end, "end is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(stats, "stats is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(elapsed, "elapsed is null");
        requireNonNull(checkpoint, "checkpoint is null");
    }
}
