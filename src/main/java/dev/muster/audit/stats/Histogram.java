package dev.muster.audit.stats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Numbers of objects by class; the classes are {@link SizeClasses} or {@link AgeClasses}. Immutable. */
public final class Histogram {
    static final Histogram EMPTY = new Histogram(new long[0]);

    private final long[] counts;

    /** A histogram of counts from the first class on; trailing zeros do not matter. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Histogram(long[] counts) {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        this.counts = Arrays.copyOf(counts, length);
    }

    @JsonValue
    public long[] counts() {
        return counts.clone();
    }

    /** The number of objects in a class. */
    public long count(int index) {
        return index < counts.length ? counts[index] : 0;
    }

    Histogram plus(Histogram other) {
        long[] sum = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
        for (int i = 0; i < other.counts.length; i++) {
            sum[i] = Sums.add(sum[i], other.counts[i]);
        }
        return new Histogram(sum);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
