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

    /**
     * Counts of a run so far and the state of its queue.
     *
     * @param tries requests of tasks, including hedges and repetitions
     * @param completed tasks whose outcome was accepted
     * @param abandoned tasks given up; each is named in the report
     * @param throttled tries that the service asked to slow down
     * @param failed tries that failed otherwise
     * @param hedged second tries started while a slow first one was still running
     * @param late outcomes ignored because their lease was over
     * @param queued tasks ready to be handed out, or waiting for their budget
     * @param delayed tasks waiting for their backoff to end
     * @param leased tasks with a worker
     * @param workers the workers known
     * @param idle workers without a task
     */
    public record Stats(
            long tries,
            long completed,
            long abandoned,
            long throttled,
            long failed,
            long hedged,
            long late,
            int queued,
            int delayed,
            int leased,
            int workers,
            int idle) {
        public static final Stats NONE = new Stats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
