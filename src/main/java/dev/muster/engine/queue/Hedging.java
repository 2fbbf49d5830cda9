package dev.muster.engine.queue;

import java.util.Optional;

/**
 * Picks stragglers to be started a second time ("The Tail at Scale", Dean and Barroso, 2013).
 * At most a fixed share of all tasks is hedged, so that a service that slows down as a whole is not asked for more.
 */
final class Hedging {
    private static final int ALWAYS_ALLOWED = 2;

    private final double factor;
    private final double share;
    private long started;

    Hedging(double factor, double share) {
        this.factor = factor;
        this.share = share;
    }

    /** The straggler that has run longest, if one is due and its lane has budget; counts it as started. */
    <T> Optional<Entry<T>> poll(Leases<T> leases, long completed, long now) {
        if (!allowed(completed)) {
            return Optional.empty();
        }
        for (Lease<T> lease : leases.active()) {
            if (candidate(lease)
                    && dueAt(lease) <= now
                    && lease.entry().lane.budget.tryTake(now)) {
                started++;
                return Optional.of(lease.entry());
            }
        }
        return Optional.empty();
    }

    /** When the first straggler is due; {@code Long.MAX_VALUE} if none will be. */
    <T> long nextAt(Leases<T> leases, long completed, long now) {
        if (!allowed(completed)) {
            return Long.MAX_VALUE;
        }
        long earliest = Long.MAX_VALUE;
        for (Lease<T> lease : leases.active()) {
            if (candidate(lease)) {
                long budget = lease.entry().lane.budget.availableAt(now);
                earliest = Math.min(earliest, Math.max(budget, dueAt(lease)));
            }
        }
        return earliest;
    }

    private boolean allowed(long completed) {
        return factor > 0 && started < ALWAYS_ALLOWED + completed * share;
    }

    private static <T> boolean candidate(Lease<T> lease) {
        return lease.entry().leases == 1 && lease.entry().terms.hedge();
    }

    private <T> long dueAt(Lease<T> lease) {
        long p95 = lease.entry().lane.times.p95();
        return p95 == Long.MAX_VALUE ? Long.MAX_VALUE : lease.startedAt() + (long) (p95 * factor);
    }
}
