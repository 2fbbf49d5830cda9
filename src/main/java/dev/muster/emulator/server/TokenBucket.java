package dev.muster.emulator.server;

/** A rate limit: so many a second, so many at once. Thread-safe. */
public final class TokenBucket {
    private final double perNano;
    private final double capacity;
    private double tokens;
    private long filledAt;

    /**
     * A full bucket.
     *
     * @param now in nanoseconds on any steady clock, the same as for {@link #tryTake}
     */
    public TokenBucket(double perSecond, double burst, long now) {
        perNano = perSecond / 1e9;
        capacity = Math.max(1, burst);
        tokens = capacity;
        filledAt = now;
    }

    /** Returns whether one more may pass. */
    public synchronized boolean tryTake(long now) {
        tokens = Math.min(capacity, tokens + Math.max(0, now - filledAt) * perNano);
        filledAt = Math.max(filledAt, now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
