package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.muster.config.ConfigSection;
import dev.muster.engine.limit.Backoff;
import java.time.Duration;

/**
 * Settings of the engine: {@code muster.workers} and the section {@code muster.engine} of the configuration.
 *
 * @param workers the workers of this process; 1 to 4096. With {@code auto} this is the upper bound, and the
 *     scheduler finds out how many should work at the same time
 * @param pullInterval how often an idle worker asks again, in case a message was lost
 * @param restartMin the first pause before a broken worker is restarted
 * @param restartMax the longest pause before a broken worker is restarted
 * @param checkpointInterval time between checkpoints; they come less often where writing one takes long
 */
public record EngineSettings(
        int workers,
        SchedulerSettings scheduler,
        Duration pullInterval,
        Duration restartMin,
        Duration restartMax,
        Duration checkpointInterval) {
    private static final int MAX_WORKERS = 4096;
    private static final String AUTO = "auto";
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public EngineSettings {
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException("workers is " + workers + ": give 1 to " + MAX_WORKERS);
        }
        requireNonNull(scheduler, "scheduler is null");
        requireNonNull(pullInterval, "pullInterval is null");
        requireNonNull(restartMin, "restartMin is null");
        requireNonNull(restartMax, "restartMax is null");
        requireNonNull(checkpointInterval, "checkpointInterval is null");
    }

    /**
     * Reads {@code muster.workers} and the section {@code muster.engine}.
     *
     * @throws ConfigException if a value is missing, of the wrong type, or out of range
     */
    public static EngineSettings from(Config root) {
        ConfigSection section = ConfigSection.of(root, "muster.engine");
        SchedulerSettings scheduler = new SchedulerSettings(
                section.integer("max-attempts", 1, 1000),
                backoff(section),
                duration(section, "lease-margin"),
                section.number("hedge.factor", 0, 1000),
                section.number("hedge.share", 0, 1),
                duration(section, "stop-grace"),
                root.getString("muster.workers").equals(AUTO));
        return new EngineSettings(
                workers(root, section),
                scheduler,
                duration(section, "pull-interval"),
                duration(section, "restart.min"),
                duration(section, "restart.max"),
                duration(section, "checkpoint-interval"));
    }

    private static Backoff backoff(ConfigSection section) {
        Duration base = duration(section, "backoff.base");
        return new Backoff(base, section.duration("backoff.cap", base, LONGEST));
    }

    private static int workers(Config root, ConfigSection section) {
        String text = root.getString("muster.workers");
        if (text.equals(AUTO)) {
            return section.integer("max-workers", 1, MAX_WORKERS);
        }
        try {
            int workers = Integer.parseInt(text);
            if (workers >= 1 && workers <= MAX_WORKERS) {
                return workers;
            }
        } catch (NumberFormatException e) {
            // falls through to the message
        }
        throw new ConfigException.BadValue(
                root.getValue("muster.workers").origin(),
                "muster.workers",
                "it is " + text + ": give auto or a number from 1 to " + MAX_WORKERS);
    }

    private static Duration duration(ConfigSection section, String key) {
        return section.duration(key, SHORTEST, LONGEST);
    }

    /**
     * Settings of the scheduler.
     *
     * @param maxAttempts attempts after which a task is abandoned; at least 1, and while nothing has been done yet
     *     at most 8 count
     * @param backoff the delay before a task is tried again
     * @param leaseMargin time beyond a task's timeout after which a silent worker's task is put back
     * @param hedgeFactor a task is a straggler when it takes this many times its lane's 95th percentile; 0 turns
     *     hedging off
     * @param hedgeShare hedges allowed for each completed task; 0 to 1
     * @param stopGrace time that tasks under way get to end when the run is stopped
     * @param adaptive whether the number of tasks under way follows what the services bear; otherwise every worker
     *     works
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
}
