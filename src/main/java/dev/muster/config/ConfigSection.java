package dev.muster.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/** A section of the configuration whose values are held to their ranges. An error names the key and where it was set. */
public final class ConfigSection {
    private final Config root;
    private final String path;

    private ConfigSection(Config root, String path) {
        this.root = root;
        this.path = path;
    }

    /** The section at a path such as {@code muster.engine}. */
    public static ConfigSection of(Config root, String path) {
        return new ConfigSection(root, requireNonNull(path, "path is null"));
    }

    /** The section as it is, for values that have no range. */
    public Config config() {
        return root.getConfig(path);
    }

    /**
     * A number within bounds.
     *
     * @throws ConfigException if the value is missing, no number, or out of range
     */
    public double number(String key, double min, double max) {
        double value = root.getDouble(full(key));
        if (!(value >= min && value <= max)) {
            throw outOfRange(key, "give " + trim(min) + " to " + trim(max));
        }
        return value;
    }

    /**
     * A whole number within bounds.
     *
     * @throws ConfigException if the value is missing, no whole number, or out of range
     */
    public int integer(String key, int min, int max) {
        return (int) inRange(key, root.getLong(full(key)), min, max);
    }

    /**
     * A number of bytes within bounds.
     *
     * @throws ConfigException if the value is missing, no size such as {@code 64MiB}, or out of range
     */
    public long bytes(String key, long min, long max) {
        return inRange(key, root.getMemorySize(full(key)).toBytes(), min, max);
    }

    /**
     * A duration within bounds.
     *
     * @throws ConfigException if the value is missing, no duration such as {@code 500ms}, or out of range
     */
    public Duration duration(String key, Duration min, Duration max) {
        Duration value = root.getDuration(full(key));
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw outOfRange(key, "give " + text(min) + " to " + text(max));
        }
        return value;
    }

    /** An error about a key's value that says what to give instead. */
    public ConfigException outOfRange(String key, String remedy) {
        return new ConfigException.BadValue(
                root.getValue(full(key)).origin(),
                full(key),
                root.getValue(full(key)).render() + " is out of range: " + remedy);
    }

    /** The key in the whole configuration, by which errors name it. */
    private String full(String key) {
        return path + "." + key;
    }

    private static String text(Duration bound) {
        boolean whole = bound.equals(Duration.ofSeconds(bound.toSeconds()));
        return whole ? bound.toSeconds() + "s" : bound.toMillis() + "ms";
    }

    private long inRange(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw outOfRange(key, "give " + min + " to " + max);
        }
        return value;
    }

    private static String trim(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
