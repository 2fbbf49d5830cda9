package dev.muster.audit.split;

import java.util.Arrays;

/** What is remembered of a range that was handed out and not yet come back. */
final class RangeEstimate {
    private static final int[][] NOTHING = {};

    final Boundary start;
    final Boundary end;
    final int[][] tail;

    /** From where galloping takes its steps: a key listed of this, or of what it was cut from; null if there is none. */
    final int[] origin;

    /** How many pages it is thought to hold. */
    final double estimate;

    /** How many pages more than thought were listed of what it continues: a sign that estimates are of no use here. */
    final double surplus;

    /** Whether nothing is remembered to have been listed of it, wherever it starts. */
    final boolean fresh;

    /** Whether it was cut where keys are thought to be dense up to its end. */
    final boolean dense;

    private RangeEstimate(
            Boundary start, Boundary end, int[] origin, int[][] tail, double estimate, double surplus, boolean dense) {
        this.start = start;
        this.end = end;
        this.origin = origin;
        this.tail = tail;
        this.estimate = estimate;
        this.surplus = surplus;
        this.fresh = tail.length == 0;
        this.dense = dense;
    }

    /** A range of which nothing is remembered: the first one, or one of a resumed run. */
    static RangeEstimate unknown(KeyRange range) {
        return new RangeEstimate(null, range.bounded() ? new Boundary() : Boundary.end(), null, NOTHING, 0, 0, false);
    }

    static RangeEstimate fresh(Boundary start, Boundary end, int[] origin, double estimate, boolean dense) {
        return new RangeEstimate(start, end, origin, NOTHING, estimate, 0, dense);
    }

    RangeEstimate continued(Boundary newEnd, double newEstimate, int[][] keys, double newSurplus, boolean newDense) {
        int[][] all = Boundary.join(tail, keys);
        int[][] last = Arrays.copyOfRange(all, Math.max(0, all.length - 2), all.length);
        return new RangeEstimate(null, newEnd, fresh ? keys[0] : origin, last, newEstimate, newSurplus, newDense);
    }

    RangeEstimate startingAt(Boundary newStart) {
        return new RangeEstimate(newStart, end, origin, tail, estimate, surplus, dense);
    }

    /** Whether this is a cut of ours whose first page is awaited. */
    boolean guessed() {
        return fresh && start != null;
    }
}
