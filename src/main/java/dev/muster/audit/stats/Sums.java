package dev.muster.audit.stats;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Addition of counts. */
public final class Sums {
    private Sums() {}

    /**
     * The sum of two non-negative counts; {@code Long.MAX_VALUE} if it is greater, which only a server that reports
     * nonsense can cause. Saturation keeps addition associative.
     */
    public static long add(long left, long right) {
        long sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** The sum of two maps, value by value. */
    static <T> SortedMap<String, T> add(SortedMap<String, T> left, SortedMap<String, T> right, BinaryOperator<T> plus) {
        if (right.isEmpty()) {
            return left;
        }
        SortedMap<String, T> sum = new TreeMap<>(left);
        right.forEach((name, value) -> sum.merge(name, value, plus));
        return sum;
    }
}
