package dev.muster.engine.limit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a delay drawn evenly from zero to {@code base * 2^(attempt-1)}, at most
 * {@code cap}. Full jitter spreads the retries of tasks that failed together (AWS Architecture Blog, "Exponential Backoff
 * And Jitter").
 */
public record Backoff(Duration base, Duration cap) {
    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("backoff out of range: base " + base + ", cap " + cap);
        }
    }

    /** Nanoseconds to wait after the given number of failed attempts, counted from 1. */
    public long delayNanos(int attempt, RandomGenerator random) {
        double ceiling = (double) base.toNanos() * Math.pow(2, Math.min(attempt - 1, MAX_DOUBLINGS));
        return (long) (random.nextDouble() * Math.min(ceiling, (double) cap.toNanos()));
    }
}
