package dev.muster.events;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Sums of maps, with a bound on their size. */
final class BoundedCounts {
    /** Counts together what came after the bound was reached. */
    static final String OTHERS = "(others)";

    private BoundedCounts() {}

    static <K extends Comparable<K>, V> SortedMap<K, V> merged(Map<K, V> left, Map<K, V> right, BinaryOperator<V> sum) {
        SortedMap<K, V> merged = new TreeMap<>(left);
        right.forEach((key, value) -> merged.merge(key, value, sum));
        return merged;
    }

    /** Adds counts; at most {@code bound} keys beside {@link #OTHERS}. */
    static SortedMap<String, Long> bounded(Map<String, Long> left, Map<String, Long> right, int bound) {
        SortedMap<String, Long> merged = new TreeMap<>(left);
        right.forEach((key, count) -> {
            boolean room = merged.containsKey(key) || merged.size() < bound;
            merged.merge(room ? key : OTHERS, count, Long::sum);
        });
        return merged;
    }
}
