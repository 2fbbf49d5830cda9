package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.limit.Backoff;
import java.time.Duration;

/**
 * Settings of the scheduler.
 *
 * @param maxAttempts attempts after which a task is abandoned; at least 1, and while nothing has been done yet at most 8 count
 * @param backoff the delay before a task is tried again
 * @param leaseMargin time beyond a task's timeout after which a silent worker's task is put back
 * @param hedgeFactor a task is a straggler when it takes this many times its lane's 95th percentile; 0 turns hedging off
 * @param hedgeShare hedges allowed for each completed task; 0 to 1
 * @param stopGrace time that tasks under way get to end when the run is stopped
 * @param adaptive whether the number of tasks under way follows what the services bear; otherwise every worker works
 */
public record SchedulerSettings(
        int maxAttempts,
        Backoff backoff,
        Duration leaseMargin,
        double hedgeFactor,
        double hedgeShare,
        Duration stopGrace,
        boolean adaptive) {
    public SchedulerSettings {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts is not positive: " + maxAttempts);
        }
        requireNonNull(backoff, "backoff is null");
        requireNonNull(leaseMargin, "leaseMargin is null");
        if (hedgeFactor < 0 || hedgeShare < 0 || hedgeShare > 1) {
            throw new IllegalArgumentException("hedging out of range: " + hedgeFactor + ", " + hedgeShare);
        }
        requireNonNull(stopGrace, "stopGrace is null");
    }
}
