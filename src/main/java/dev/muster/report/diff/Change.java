package dev.muster.report.diff;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Change of one thing between two audits.
 *
 * @param before null if the earlier report does not have it
 * @param after null if the later report does not have it
 */
public record Change<K>(K key, Amount before, Amount after) {
    private static final Amount NOTHING = new Amount(0L, 0L);

    /** A number of objects and their bytes; null if they could not be counted. */
    public record Amount(Long objects, Long bytes) {}

    /** Changes of all keys that either side has: the largest change of bytes first, unknown ones last. */
    static <K extends Comparable<K>> List<Change<K>> between(SortedMap<K, Amount> before, SortedMap<K, Amount> after) {
        SortedSet<K> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .map(key -> new Change<>(key, before.get(key), after.get(key)))
                .sorted(Comparator.comparingLong((Change<K> change) -> change.rank())
                        .reversed())
                .toList();
    }

    private long rank() {
        OptionalLong bytes = bytes();
        return bytes.isPresent() ? Math.abs(bytes.getAsLong()) : -1;
    }

    public boolean isNew() {
        return before == null;
    }

    public boolean isVanished() {
        return after == null;
    }

    /** Tells whether anything is known to have changed, or cannot be known. */
    boolean differs() {
        return isNew()
                || isVanished()
                || bytes().isEmpty()
                || bytes().getAsLong() != 0
                || objects().orElse(0) != 0;
    }

    /** Increase in bytes; empty if either number is unknown. */
    public OptionalLong bytes() {
        return difference(Amount::bytes);
    }

    /** Increase in objects; empty if either number is unknown. */
    public OptionalLong objects() {
        return difference(Amount::objects);
    }

    private OptionalLong difference(Function<Amount, Long> number) {
        Long from = number.apply(isNew() ? NOTHING : before);
        Long to = number.apply(isVanished() ? NOTHING : after);
        return from == null || to == null ? OptionalLong.empty() : OptionalLong.of(to - from);
    }
}
