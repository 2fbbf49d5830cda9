package dev.muster.audit.split;

import java.util.Collection;

/**
 * How large pieces must be so that each lister gets one. The mean will not do: a single range believed to be huge makes it
 * so large that no other range is cut, while listers stand idle.
 */
final class FairShare {
    /** More pieces than these do not come from one range at once, whatever it is believed to hold. */
    private static final int MOST_PIECES = 5;

    private static final double SMALLEST = 1;
    private static final int HALVINGS = 7;

    private FairShare() {}

    /**
     * Just above the largest size, in pages, at which the ranges, each cut into pieces of about that size, occupy all
     * listers: the smallest one found at which they do not.
     *
     * @param out the ranges that are listed now
     * @param estimate what one more holds, in pages
     * @param spare how many listers have no range
     */
    static double of(Collection<RangeEstimate> out, double estimate, int spare) {
        double[] pages = new double[out.size() + 1];
        int count = 0;
        double high = 2 * SMALLEST;
        for (RangeEstimate stretch : out) {
            pages[count++] = stretch.estimate;
            high = Math.max(high, stretch.estimate);
        }
        pages[count] = estimate;
        high = Math.max(high, estimate);
        double low = SMALLEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(low * high);
            if (pieces(pages, middle) < out.size() + spare) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static int pieces(double[] pages, double size) {
        double perPage = 1 / size;
        int pieces = 0;
        for (double each : pages) {
            pieces += Math.max(1, Math.min(MOST_PIECES, (int) (each * perPage + 0.5)));
        }
        return pieces;
    }
}
