package dev.muster.audit.stats;

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
}
