package dev.muster.engine.limit;

import java.util.Optional;

/**
 * Rate limit of a named resource: a token bucket whose rate goes down by a factor when the service throttles.
 *
 * <p>With a documented quota the bucket starts at it and climbs back to it evenly after each decrease, never past it. It holds a
 * little less than the service's, by what arrives in {@link #JITTER}: requests that were sent evenly arrive unevenly, and
 * the first ones, which open connections, arrive late. Single refusals make it dip a little, as the quota is ours; where
 * nearly half of all requests are refused, somebody else uses it too: the rate goes down in earnest and comes back slowly.
 *
 * <p>Without a quota the budget is open until the first throttling. It is then cut to somewhat less than what the service
 * last accepted, and comes back to that as CUBIC does (RFC 9438; the SDKs' adaptive retry mode too): fast at first, with a
 * plateau there, then ever faster.
 *
 * <p>All tries in flight are throttled together, so at most one decrease is made per {@link #DECREASE_INTERVAL}.
 */
public final class RateLimiter {
    private static final long SECOND = 1_000_000_000L;
    private static final long DECREASE_INTERVAL = SECOND;
    private static final long JITTER = SECOND / 5;
    private static final double DECREASE_OF_QUOTA = 0.95;
    private static final double DECREASE_OF_CONTENDED_QUOTA = 0.7;
    private static final double CONTENDED_SHARE = 0.45;
    private static final double DECREASE_WITHOUT_QUOTA = 0.85;
    private static final double PLATEAU_WITHOUT_QUOTA_SECONDS = 2;
    private static final double RECOVERY_OF_QUOTA_PER_SECOND = 0.25;
    private static final double RECOVERY_OF_CONTENDED_QUOTA_PER_SECOND = 0.05;
    private static final double SLOWEST_PER_SECOND = 0.5;
    /** Assumed when the very first requests are refused, as there must be a rate to return to. */
    private static final double LEAST_REACHED_PER_SECOND = 5;

    private final Optional<Quota> quota;
    private double perSecond;
    private double burst;
    private double tokens;
    private long refilledAt;
    private double recoveryPerSecond;
    private double reached;
    private long decreasedAt;
    private boolean everDecreased;

    private long windowStart;
    private int windowCount;
    private int windowRefused;
    private double achievedPerSecond;
    /** The share of requests that was refused in the last seconds, the newest counting most; from 0 to about 1. */
    private double refusedShare;

    public RateLimiter(Optional<Quota> quota, long now) {
        this.quota = quota;
        this.perSecond = quota.map(Quota::perSecond).orElse(Double.POSITIVE_INFINITY);
        this.burst = quota.map(RateLimiter::burst).orElse(1.0);
        this.tokens = burst;
        this.refilledAt = now;
        this.windowStart = now;
    }

    /** Takes a token if there is one. */
    public boolean tryTake(long now) {
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

    /** Time at which the next token is due; {@code now} or earlier if there is one. */
    public long availableAt(long now) {
        if (open()) {
            return now;
        }
        refill(now);
        return tokens >= 1 - 1e-10 ? now : now + 1 + (long) Math.ceil((1 - tokens) / perSecond * SECOND);
    }

    /** The service asked for fewer requests. */
    public void throttled(long now) {
        measure(now);
        refill(now);
        windowRefused++;
        if (everDecreased && now - decreasedAt < DECREASE_INTERVAL) {
            return;
        }
        if (quota.isPresent()) {
            boolean contended = refusedShare > CONTENDED_SHARE;
            perSecond *= contended ? DECREASE_OF_CONTENDED_QUOTA : DECREASE_OF_QUOTA;
            recoveryPerSecond = quota.get().perSecond()
                    * (contended ? RECOVERY_OF_CONTENDED_QUOTA_PER_SECOND : RECOVERY_OF_QUOTA_PER_SECOND);
        } else {
            reached = open()
                    ? Math.max(LEAST_REACHED_PER_SECOND, achieved(now))
                    : Math.max(perSecond / 2, Math.min(perSecond, achieved(now)));
            perSecond = reached * DECREASE_WITHOUT_QUOTA;
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

    /** True if throttling has changed the rate, so that a new limiter would differ. */
    public boolean adjusted() {
        return everDecreased;
    }

    private static double burst(Quota quota) {
        return Math.max(1, quota.burst() - quota.perSecond() * JITTER / SECOND);
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
            perSecond = quota.isPresent()
                    ? Math.min(quota.get().perSecond(), perSecond + recoveryPerSecond * seconds)
                    : Math.max(perSecond, cubic((now - decreasedAt) / (double) SECOND));
        }
    }

    /** Grows quickly back to what was reached, stays there for a while, then grows ever faster. */
    private double cubic(double seconds) {
        double off = seconds / PLATEAU_WITHOUT_QUOTA_SECONDS - 1;
        return reached * (1 + (1 - DECREASE_WITHOUT_QUOTA) * off * off * off);
    }

    private void measure(long now) {
        if (now - windowStart >= SECOND) {
            achievedPerSecond = achieved(now);
            double share = windowCount == 0 ? 0 : (double) windowRefused / windowCount;
            refusedShare += (share - refusedShare) / 4;
            windowStart = now;
            windowCount = 0;
            windowRefused = 0;
        }
    }

    private double achieved(long now) {
        double seconds = (now - windowStart) / (double) SECOND;
        int accepted = Math.max(0, windowCount - windowRefused);
        return seconds < 0.1 ? Math.max(achievedPerSecond, accepted) : accepted / seconds;
    }

    /**
     * A documented request quota: a token bucket.
     *
     * @param perSecond tokens refilled per second; positive
     * @param burst the bucket's size in tokens; at least 1
     */
    public record Quota(double perSecond, int burst) {
        public Quota {
            if (!(perSecond > 0) || burst < 1) {
                throw new IllegalArgumentException("quota out of range: " + perSecond + "/s, burst " + burst);
            }
        }
    }
}
