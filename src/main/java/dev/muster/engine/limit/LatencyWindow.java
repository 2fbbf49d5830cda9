package dev.muster.engine.limit;

import java.util.Arrays;

/** Durations of the last tries in a lane, by which a straggler is recognized. */
public final class LatencyWindow {
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
