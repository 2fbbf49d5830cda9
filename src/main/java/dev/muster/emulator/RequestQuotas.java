package dev.muster.emulator;

import dev.muster.emulator.server.TokenBucket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The documented request quotas: a token bucket for each caller account and operation. May be changed at any time, from
 * any thread; a change fills all buckets.
 */
public final class RequestQuotas {
    private record Quota(double perSecond, double burst) {}

    /** AWS Account Management Reference Guide, "Quotas". */
    private static final Map<String, Quota> DOCUMENTED = Map.of(
            "GetAlternateContact", new Quota(10, 15),
            "GetContactInformation", new Quota(10, 15),
            "PutAlternateContact", new Quota(5, 8),
            "DeleteAlternateContact", new Quota(1, 6),
            "GetPrimaryEmail", new Quota(3, 3));

    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private volatile double scale = 1;

    RequestQuotas() {}

    /**
     * Makes all quotas larger, rate and burst, so that tests do not take minutes.
     *
     * @param factor positive
     */
    public void scale(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("factor must be positive: " + factor);
        }
        scale = factor;
        buckets.clear();
    }

    /** Number of requests for an operation that were over its quota. */
    public long refused(String operation) {
        LongAdder count = refused.get(operation);
        return count == null ? 0 : count.sum();
    }

    /**
     * Tells whether one more request is within the quota; operations without a quota always are.
     *
     * @param now in nanoseconds of a steady clock
     */
    public boolean allow(String callerAccount, String operation, long now) {
        Quota quota = DOCUMENTED.get(operation);
        if (quota == null) {
            return true;
        }
        boolean allowed = buckets.computeIfAbsent(
                        callerAccount + "/" + operation,
                        key -> new TokenBucket(quota.perSecond() * scale, quota.burst() * scale, now))
                .tryTake(now);
        if (!allowed) {
            refused.computeIfAbsent(operation, key -> new LongAdder()).increment();
        }
        return allowed;
    }
}
