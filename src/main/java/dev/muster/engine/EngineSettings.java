package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.muster.engine.queue.Backoff;
import dev.muster.engine.queue.SchedulerSettings;
import java.time.Duration;

/**
 * What the engine is tuned by: {@code muster.workers} and the section {@code muster.engine} of the configuration.
 *
 * @param workers workers of this process; 1 to 4096. With {@code auto} they are the most there may be: the scheduler then
 *     finds out how many of them are to work at the same time
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
        Config config = root.getConfig("muster.engine");
        SchedulerSettings scheduler = new SchedulerSettings(
                (int) number(config, "max-attempts", 1, 1000),
                new Backoff(duration(config, "backoff.base"), duration(config, "backoff.cap")),
                duration(config, "lease-margin"),
                number(config, "hedge.factor", 0, 1000),
                number(config, "hedge.share", 0, 1),
                duration(config, "stop-grace"),
                root.getString("muster.workers").equals(AUTO));
        return new EngineSettings(
                workers(root),
                scheduler,
                duration(config, "pull-interval"),
                duration(config, "restart.min"),
                duration(config, "restart.max"),
                duration(config, "checkpoint-interval"));
    }

    private static int workers(Config root) {
        String text = root.getString("muster.workers");
        if (text.equals(AUTO)) {
            return (int) number(root.getConfig("muster.engine"), "max-workers", 1, MAX_WORKERS);
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

    private static double number(Config config, String key, double min, double max) {
        double value = config.getDouble(key);
        if (!(value >= min && value <= max)) {
            throw outOfRange(config, key, "give " + trim(min) + " to " + trim(max));
        }
        return value;
    }

    private static Duration duration(Config config, String key) {
        Duration value = config.getDuration(key);
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw outOfRange(config, key, "give more than 0 and at most 1 day, such as 500ms or 10s");
        }
        return value;
    }

    private static ConfigException outOfRange(Config config, String key, String remedy) {
        return new ConfigException.BadValue(
                config.getValue(key).origin(),
                "muster.engine." + key,
                config.getValue(key).render() + " is out of range: " + remedy);
    }

    private static String trim(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
