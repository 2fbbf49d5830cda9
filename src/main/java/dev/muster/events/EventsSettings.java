package dev.muster.events;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.muster.config.ConfigSection;
import dev.muster.events.message.MessageRules;
import dev.muster.events.message.MessageRulesReader;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of an events run: section {@code muster.events} of the configuration.
 *
 * @param queueUrl URL of the queue; if empty, it is looked up by {@code queue}
 * @param queue the queue's name
 * @param pollers number of simultaneous receives; 0 for as many as the answers justify
 * @param drainWait time that a receive waits for messages in a drain
 * @param followWait the same in a run that follows
 * @param visibility duration of a lease
 * @param maxBuffered greatest number of messages held
 * @param parallelDeletes number of batches deleted at the same time
 * @param flushAt limits at which a day is written
 * @param mergeTimeout time after which a write counts as failed
 * @param temporaryDirectory directory where day files are merged; empty for the system's
 * @param stopTimeout time to write what is held after a stop
 * @param quarantine whether poison is set aside rather than left to the queue's redrive policy
 * @param maxDroppedValues number of distinct values counted for each rule's field
 */
public record EventsSettings(
        String queueUrl,
        String queue,
        DayObjectSettings dayObjects,
        int pollers,
        Duration drainWait,
        Duration followWait,
        Duration visibility,
        int maxBuffered,
        int parallelDeletes,
        FlushSettings flushAt,
        Duration mergeTimeout,
        String temporaryDirectory,
        Duration stopTimeout,
        boolean quarantine,
        int maxDroppedValues,
        MessageRules rules) {
    private static final int MAX_POLLERS = 1000;

    /**
     * Limits at which a day is written, as soon as one of them is reached.
     *
     * @param messages the number of messages held
     * @param bytes the bytes of their lines
     * @param age the age of the oldest message
     */
    public record FlushSettings(int messages, long bytes, Duration age) {}

    public EventsSettings {
        requireNonNull(queueUrl, "queueUrl is null");
        requireNonNull(queue, "queue is null");
        requireNonNull(dayObjects, "dayObjects is null");
        requireNonNull(flushAt, "flushAt is null");
        requireNonNull(rules, "rules is null");
    }

    /**
     * Reads the section {@code muster.events}.
     *
     * @throws ConfigException if a value is missing, of the wrong type, or out of range
     */
    public static EventsSettings from(Config root) {
        ConfigSection section = ConfigSection.of(root, "muster.events");
        Config config = section.config();
        return new EventsSettings(
                config.getString("queue-url"),
                config.getString("queue"),
                DayObjectSettings.from(section),
                pollers(section),
                seconds(section, "drain-wait-time", Duration.ofSeconds(1), Duration.ofSeconds(20)),
                seconds(section, "follow-wait-time", Duration.ofSeconds(1), Duration.ofSeconds(20)),
                seconds(section, "visibility-timeout", Duration.ofSeconds(2), Duration.ofHours(12)),
                section.integer("max-buffered-messages", 10, 10_000_000),
                section.integer("parallel-deletes", 1, 1000),
                new FlushSettings(
                        section.integer("flush.messages", 1, 10_000_000),
                        section.bytes("flush.bytes", 1, 1L << 40),
                        section.duration("flush.age", Duration.ofMillis(1), Duration.ofDays(1))),
                section.duration("merge-timeout", Duration.ofSeconds(1), Duration.ofHours(11)),
                config.getString("temporary-directory"),
                section.duration("stop-timeout", Duration.ofMillis(1), Duration.ofHours(1)),
                quarantine(section),
                section.integer("max-dropped-values", 1, 100_000),
                MessageRulesReader.read(config.getConfig("message")));
    }

    private static int pollers(ConfigSection section) {
        return section.config().getString("pollers").equals("auto") ? 0 : section.integer("pollers", 1, MAX_POLLERS);
    }

    private static boolean quarantine(ConfigSection section) {
        String poison = section.config().getString("poison").toLowerCase(Locale.ROOT);
        if (!poison.equals("quarantine") && !poison.equals("leave")) {
            throw section.outOfRange("poison", "give quarantine or leave");
        }
        return poison.equals("quarantine");
    }

    /** A duration in whole seconds, as SQS requires. */
    private static Duration seconds(ConfigSection section, String key, Duration min, Duration max) {
        Duration value = section.duration(key, min, max);
        if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw section.outOfRange(key, "give whole seconds");
        }
        return value;
    }
}
