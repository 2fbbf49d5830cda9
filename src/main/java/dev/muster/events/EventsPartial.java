package dev.muster.events;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of a run, or of a part of one.
 *
 * @param counts only those that are not zero
 * @param dropped messages by the field whose rule failed first and by its value
 * @param poison messages that cannot be turned into a line, by reason
 * @param days by day, eight digits
 * @param oldestSentMillis time at which the oldest message was sent, in epoch milliseconds; {@code Long.MAX_VALUE} if
 *     none
 * @param rejectedLines reasons by line number, only the first ones
 * @param failures tasks that were given up, only the first ones
 * @param preview lines that a dry run would have written, as {@code day line}; dropped when merged
 */
public record EventsPartial(
        Map<EventCount, Long> counts,
        SortedMap<String, Map<String, Long>> dropped,
        SortedMap<String, Long> poison,
        SortedMap<String, DayCounts> days,
        long oldestSentMillis,
        SortedMap<Long, String> rejectedLines,
        List<EventsFailure> failures,
        List<String> preview) {
    public EventsPartial {
        counts = Map.copyOf(counts);
        dropped = new TreeMap<>(dropped);
        poison = new TreeMap<>(poison);
        days = new TreeMap<>(days);
        rejectedLines = new TreeMap<>(rejectedLines);
        failures = List.copyOf(failures);
        preview = List.copyOf(preview);
    }

    /** Number of messages; 0 if none. */
    public long count(EventCount what) {
        return counts.getOrDefault(what, 0L);
    }

    static Builder builder() {
        return new Builder();
    }

    /** Collects one part of a run. */
    static final class Builder {
        private final Map<EventCount, Long> counts = new EnumMap<>(EventCount.class);
        private final SortedMap<String, Map<String, Long>> dropped = new TreeMap<>();
        private final SortedMap<String, Long> poison = new TreeMap<>();
        private final SortedMap<String, DayCounts> days = new TreeMap<>();
        private long oldestSentMillis = Long.MAX_VALUE;
        private final SortedMap<Long, String> rejectedLines = new TreeMap<>();
        private final List<EventsFailure> failures = new ArrayList<>();
        private List<String> preview = List.of();

        private Builder() {}

        Builder add(EventCount what, long number) {
            if (number != 0) {
                counts.merge(what, number, Long::sum);
            }
            return this;
        }

        Builder dropped(String field, String value) {
            dropped.computeIfAbsent(field, name -> new TreeMap<>()).merge(value, 1L, Long::sum);
            return add(EventCount.DROPPED, 1);
        }

        /** Counts a message that was quarantined or left. */
        Builder poison(EventCount fate, String reason) {
            poison.merge(reason, 1L, Long::sum);
            return add(fate, 1);
        }

        Builder day(String day, DayCounts numbers) {
            days.merge(day, numbers, DayCounts::plus);
            return this;
        }

        Builder sentAt(long millis) {
            oldestSentMillis = Math.min(oldestSentMillis, millis);
            return this;
        }

        Builder rejected(Map<Long, String> lines) {
            rejectedLines.putAll(lines);
            return add(EventCount.REJECTED, lines.size());
        }

        Builder failure(EventsFailure failure) {
            failures.add(failure);
            return this;
        }

        Builder preview(List<String> lines) {
            preview = lines;
            return this;
        }

        EventsPartial build() {
            return new EventsPartial(counts, dropped, poison, days, oldestSentMillis, rejectedLines, failures, preview);
        }
    }

    /**
     * Counts of what a run did to a day's file.
     *
     * @param added lines that the file did not contain before
     * @param existing lines that it contained before the run
     * @param unique lines that it contains now
     */
    public record DayCounts(long added, long existing, long unique) {
        /** Adds counts. Files only grow: the first of several merges saw the fewest lines, the last one the most. */
        DayCounts plus(DayCounts other) {
            return new DayCounts(
                    added + other.added, Math.min(existing, other.existing), Math.max(unique, other.unique));
        }
    }

    /**
     * Something that the run could not do.
     *
     * @param what attempt and its subject
     * @param code the error's short stable name
     * @param message the message reason, and what to do
     */
    public record EventsFailure(String what, String code, String message) {
        /** Code for messages that a drain has left on the queue although it could receive others. */
        public static final String NOT_DRAINED = "NotDrained";

        public EventsFailure {
            requireNonNull(what, "what is null");
            requireNonNull(code, "code is null");
            requireNonNull(message, "message is null");
        }
    }

    /** Counts of an events run. */
    public enum EventCount {
        /** Messages received, including repeated deliveries. */
        RECEIVED,
        /** Messages that became a line. */
        KEPT,
        /** Messages that the rules drop. */
        DROPPED,
        /** Messages that cannot be turned into a line and were set aside. */
        QUARANTINED,
        /**
         * Messages that cannot be turned into a line and are left to the queue's redrive policy. They come again until it
         * removes them.
         */
        LEFT,
        /** Kept messages whose line was there already, in the file or in the same merge. */
        DUPLICATES,
        /** Messages deleted from the queue. */
        DELETED,
        /** Delete entries that failed and were tried again. */
        DELETE_FAILURES,
        /** Messages whose lease ended before they could be deleted; they come again, and then change nothing. */
        LOST,
        /** Messages returned to the queue. */
        RELEASED,
        /** Merges repeated because someone else had replaced the file. */
        CONFLICTS,
        /** Messages published by a backfill. */
        PUBLISHED,
        /** Input lines of a backfill that cannot be parsed. */
        REJECTED
    }
}
