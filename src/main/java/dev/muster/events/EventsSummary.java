package dev.muster.events;

import dev.muster.engine.Summary;
import dev.muster.events.EventsPartial.DayCounts;
import dev.muster.events.EventsPartial.EventCount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Merges summaries.
 *
 * @param maxDroppedValues number of distinct values counted for each field; the others are counted together
 */
record EventsSummary(int maxDroppedValues) implements Summary<EventsPartial> {
    /** Greatest number of failures and lines that are named, as nobody reads more. */
    private static final int MAX_NAMED = 1000;

    @Override
    public EventsPartial empty() {
        return EventsPartial.builder().build();
    }

    @Override
    public EventsPartial merge(EventsPartial left, EventsPartial right) {
        return new EventsPartial(
                BoundedCounts.merged(left.counts(), right.counts(), Long::sum),
                BoundedCounts.merged(
                        left.dropped(), right.dropped(), (a, b) -> BoundedCounts.bounded(a, b, maxDroppedValues)),
                BoundedCounts.merged(left.poison(), right.poison(), Long::sum),
                BoundedCounts.merged(left.days(), right.days(), DayCounts::plus),
                Math.min(left.oldestSentMillis(), right.oldestSentMillis()),
                firstOf(left.rejectedLines(), right.rejectedLines()),
                Stream.concat(left.failures().stream(), right.failures().stream())
                        .limit(MAX_NAMED)
                        .toList(),
                List.of());
    }

    @Override
    public boolean complete(EventsPartial partial) {
        return partial.failures().isEmpty() && partial.count(EventCount.REJECTED) == 0;
    }

    @Override
    public Map<String, Long> counts(EventsPartial partial) {
        Map<String, Long> named = new TreeMap<>();
        partial.counts().forEach((count, number) -> named.put(count.name().toLowerCase(Locale.ROOT), number));
        return named;
    }

    private static SortedMap<Long, String> firstOf(SortedMap<Long, String> left, SortedMap<Long, String> right) {
        SortedMap<Long, String> merged = new TreeMap<>(left);
        merged.putAll(right);
        while (merged.size() > MAX_NAMED) {
            merged.remove(merged.lastKey());
        }
        return merged;
    }

    /** Sums of maps, with a bound on their size. */
    static final class BoundedCounts {
        /** Key that counts everything after the bound was reached. */
        static final String OTHERS = "(others)";

        private BoundedCounts() {}

        static <K extends Comparable<K>, V> SortedMap<K, V> merged(
                Map<K, V> left, Map<K, V> right, BinaryOperator<V> sum) {
            SortedMap<K, V> merged = new TreeMap<>(left);
            right.forEach((key, value) -> merged.merge(key, value, sum));
            return merged;
        }

        /** Adds counts, with at most {@code bound} keys besides {@link #OTHERS}. */
        static SortedMap<String, Long> bounded(Map<String, Long> left, Map<String, Long> right, int bound) {
            SortedMap<String, Long> merged = new TreeMap<>(left);
            right.forEach((key, count) -> {
                boolean room = merged.containsKey(key) || merged.size() < bound;
                merged.merge(room ? key : OTHERS, count, Long::sum);
            });
            return merged;
        }
    }
}
