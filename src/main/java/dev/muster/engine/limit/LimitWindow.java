package dev.muster.engine.limit;

/** Outcomes of the tries that ended since a moment; a number of successes is skipped first, as they began before it. */
final class LimitWindow {
    private boolean begun;
    private int skip;
    private int size;
    private long startedAt;
    private long endedAt;
    private int successes;
    private int refusals;
    private long inFlight;
    private double busyNanos;

    /** The first window, which begins with the first try that succeeds: until then the clock may say anything. */
    LimitWindow(int wanted) {
        size = wanted;
    }

    void start(int skipped, int wanted, long now) {
        skip = skipped;
        size = wanted;
        startedAt = now;
        endedAt = now;
        successes = 0;
        refusals = 0;
        inFlight = 0;
        busyNanos = 0;
    }

    /** A try has succeeded after {@code nanos}, one of {@code underWay}. */
    void succeeded(long nanos, int underWay, long now) {
        if (!begun) {
            startedAt = now - nanos;
            begun = true;
        }
        if (skip > 0) {
            skip--;
            startedAt = now;
            return;
        }
        successes++;
        inFlight += underWay;
        busyNanos += nanos;
        endedAt = now;
    }

    void refused() {
        refusals++;
    }

    boolean full() {
        return successes >= size;
    }

    /** Successes per second. */
    double rate() {
        return successes * 1e9 / elapsed();
    }

    /** Tries under way, on average over the successes. */
    double inFlight() {
        return (double) inFlight / successes;
    }

    int refusals() {
        return refusals;
    }

    /** Average number of tries under way that were to succeed (Little's law). */
    double carried() {
        return busyNanos / elapsed();
    }

    private double elapsed() {
        return Math.max(1, endedAt - startedAt);
    }
}
