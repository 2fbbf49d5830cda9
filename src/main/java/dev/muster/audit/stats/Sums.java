package dev.muster.audit.stats;

/** Addition of counts. */
public final class Sums {
    private Sums() {}

    /**
     * The sum of two counts that are not negative; {@code Long.MAX_VALUE} where it is beyond that, as only a server that
     * reports nonsense can cause. Saturating keeps addition associative.
     */
    public static long add(long left, long right) {
        long sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
