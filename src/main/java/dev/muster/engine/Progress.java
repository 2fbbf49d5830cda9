package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * Progress of a run at one instant.
 *
 * @param counts the job's own counts, see {@link Summary#counts}
 * @param elapsed working time so far
 */
public record Progress(Stats stats, Map<String, Long> counts, Duration elapsed) {
    public Progress {
        requireNonNull(stats, "stats is null");
        counts = Map.copyOf(counts);
        requireNonNull(elapsed, "elapsed is null");
    }
}
