package dev.muster.engine.queue;

import dev.muster.engine.Quota;
import java.util.Optional;

/**
 * How fast a named resource may be used: a token bucket whose rate follows throttling by additive increase and
 * multiplicative decrease (Chiu and Jain, 1989).
 *
 * <p>With a documented quota the bucket starts at it, dips a little when throttled, and climbs back to it, never past it.
 * Without one it is open until the first throttling, and is then cut to half of what was last achieved.
 *
 * <p>All tries in flight are throttled together, so at most one decrease is made per {@link #DECREASE_INTERVAL}.
 */
final class Budget {
    private static final long SECOND = 1_000_000_000L;
    private static final long DECREASE_INTERVAL = SECOND;
    private static final double DECREASE_OF_QUOTA = 0.85;
    private static final double DECREASE_WITHOUT_QUOTA = 0.5;
    private static final double RECOVERY_OF_QUOTA_PER_SECOND = 0.25;
    private static final double RECOVERY_WITHOUT_QUOTA_PER_SECOND = 0.1;
    private static final double SLOWEST_PER_SECOND = 0.5;

    private final Optional<Quota> quota;
    private double perSecond;
    private double burst;
    private double tokens;
    private long refilledAt;
    private double recoveryPerSecond;
    private long decreasedAt;
    private boolean everDecreased;

    private long windowStart;
    private int windowCount;
    private double achievedPerSecond;

    Budget(Optional<Quota> quota, long now) {
        this.quota = quota;
        this.perSecond = quota.map(Quota::perSecond).orElse(Double.POSITIVE_INFINITY);
        this.burst = quota.map(Quota::burst).orElse(1);
        this.tokens = burst;
        this.recoveryPerSecond =
                quota.map(q -> q.perSecond() * RECOVERY_OF_QUOTA_PER_SECOND).orElse(0.0);
        this.refilledAt = now;
        this.windowStart = now;
    }

    /** Takes a token if there is one. */
    boolean tryTake(long now) {
        measure(now);
        if (open()) {
            windowCount++;
            return true;
        }
        refill(now);
        // A tenth of a billionth: what rounding may have taken from a token that is due now.
        if (tokens < 1 - 1e-10) {
            return false;
        }
        tokens -= 1;
        windowCount++;
        return true;
    }

    /** When the next token is due; {@code now} or earlier if there is one. */
    long availableAt(long now) {
        if (open()) {
            return now;
        }
        refill(now);
        return tokens >= 1 - 1e-10 ? now : now + 1 + (long) Math.ceil((1 - tokens) / perSecond * SECOND);
    }

    /** The service asked for fewer requests. */
    void throttled(long now) {
        measure(now);
        refill(now);
        if (everDecreased && now - decreasedAt < DECREASE_INTERVAL) {
            return;
        }
        if (quota.isPresent()) {
            perSecond *= DECREASE_OF_QUOTA;
        } else {
            double reached = open() ? achieved(now) : perSecond;
            perSecond = reached * DECREASE_WITHOUT_QUOTA;
            recoveryPerSecond = reached * RECOVERY_WITHOUT_QUOTA_PER_SECOND;
            burst = Math.max(1, perSecond / 10);
        }
        perSecond = Math.max(
                Math.min(SLOWEST_PER_SECOND, quota.map(Quota::perSecond).orElse(SLOWEST_PER_SECOND)), perSecond);
        tokens = Math.min(tokens, 1);
        decreasedAt = now;
        everDecreased = true;
    }

    /** Tokens per second at present; infinite while the budget is open. */
    double perSecond() {
        return perSecond;
    }

    /** Whether throttling has left a mark that a new budget would not have. */
    boolean adjusted() {
        return everDecreased;
    }

    private boolean open() {
        return Double.isInfinite(perSecond);
    }

    private void refill(long now) {
        double seconds = Math.max(0, now - refilledAt) / (double) SECOND;
        refilledAt = Math.max(now, refilledAt);
        if (open()) {
            return;
        }
        tokens = Math.min(burst, tokens + seconds * perSecond);
        if (everDecreased) {
            double ceiling = quota.map(Quota::perSecond).orElse(Double.MAX_VALUE);
            perSecond = Math.min(ceiling, perSecond + recoveryPerSecond * seconds);
        }
    }

    private void measure(long now) {
        if (now - windowStart >= SECOND) {
            achievedPerSecond = achieved(now);
            windowStart = now;
            windowCount = 0;
        }
    }

    private double achieved(long now) {
        double seconds = (now - windowStart) / (double) SECOND;
        return seconds < 0.1 ? Math.max(achievedPerSecond, windowCount) : windowCount / seconds;
    }
}
