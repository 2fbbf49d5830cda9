package dev.muster.engine.limit;

import java.util.Arrays;

/**
 * Decides when a slow task is started a second time beside the first ("The Tail at Scale", Dean and Barroso, 2013):
 * when it takes a multiple of the 95th percentile of its peers. At most a fixed share of all tasks is hedged, and only
 * a few in a row however much of that share is unused, so that a service that slows down as a whole does not get more
 * requests.
 */
public final class Hedger {
    private static final int ALWAYS_ALLOWED = 2;
    /** Enough when one host of a service hangs; when the whole service hangs, there are more stragglers than this. */
    private static final int MOST_IN_A_ROW = 16;

    private final double factor;
    private final double share;
    /** Hedges that may be started now. */
    private double credit = ALWAYS_ALLOWED;

    /**
     * A hedger with credit for the first few.
     *
     * @param factor a task is a straggler when it takes this many times the 95th percentile; 0 turns hedging off
     * @param share hedges allowed for each completed task; 0 to 1
     */
    public Hedger(double factor, double share) {
        this.factor = factor;
        this.share = share;
    }

    /** A task was completed. */
    public void completed() {
        credit = Math.min(MOST_IN_A_ROW, credit + share);
    }

    public boolean allowed() {
        return credit >= 1;
    }

    /** A hedge was started. */
    public void hedged() {
        credit--;
    }

    /** Time at which a task becomes a straggler; {@code Long.MAX_VALUE} if never, or too little is known of its peers. */
    public long dueAt(long startedAt, LatencyWindow peers, int steps) {
        if (factor == 0) {
            return Long.MAX_VALUE;
        }
        long p95 = peers.p95();
        return p95 == Long.MAX_VALUE ? Long.MAX_VALUE : startedAt + (long) (p95 * factor * steps);
    }

    /** Durations of the last tries in a lane, by which a straggler is recognized. */
    public static final class LatencyWindow {
        private static final int CAPACITY = 64;
        private static final int ENOUGH = 8;

        private final long[] nanos = new long[CAPACITY];
        private int next;
        private int size;
        private boolean stale;
        private long p95 = Long.MAX_VALUE;

        public void add(long duration) {
            nanos[next] = duration;
            next = (next + 1) % CAPACITY;
            size = Math.min(size + 1, CAPACITY);
            stale = true;
        }

        /** The 95th percentile in nanoseconds, or {@code Long.MAX_VALUE} while too few are known. */
        public long p95() {
            if (stale && size >= ENOUGH) {
                long[] sorted = Arrays.copyOf(nanos, size);
                Arrays.sort(sorted);
                p95 = sorted[size * 95 / 100];
            }
            stale = false;
            return p95;
        }
    }
}
