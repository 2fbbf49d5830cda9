package dev.muster.engine;

import java.util.Optional;

/**
 * Picks stragglers to be started a second time ("The Tail at Scale", Dean and Barroso, 2013).
 * At most a fixed share of all tasks is hedged, and a few in a row whatever share was left before, so that a service that
 * slows down as a whole is not asked for more. Each attempt is hedged once: with another twin for each one that hangs,
 * a task would never use an attempt up (invariant 3).
 */
final class Hedger {
    private static final int ALWAYS_ALLOWED = 2;
    /** Enough where one host of a service hangs; where the whole service does, there are more stragglers. */
    private static final int MOST_IN_A_ROW = 16;

    private final double factor;
    private final double share;
    /** How many may be started now. */
    private double credit = ALWAYS_ALLOWED;

    Hedger(double factor, double share) {
        this.factor = factor;
        this.share = share;
    }

    /** A task was completed. */
    void completed() {
        credit = Math.min(MOST_IN_A_ROW, credit + share);
    }

    /** The straggler that has run longest, if one is due and its lane has budget; takes it off the share. */
    <T> Optional<TaskState<T>> poll(LeaseTable<T> leases, long now) {
        if (!allowed()) {
            return Optional.empty();
        }
        for (Lease<T> lease : leases.active()) {
            if (candidate(lease)
                    && dueAt(lease) <= now
                    && lease.entry().lane.budget.tryTake(now)) {
                credit--;
                return Optional.of(lease.entry());
            }
        }
        return Optional.empty();
    }

    /** When the first straggler is due; {@code Long.MAX_VALUE} if none will be. */
    <T> long nextAt(LeaseTable<T> leases, long now) {
        if (!allowed()) {
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

    private boolean allowed() {
        return factor > 0 && credit >= 1;
    }

    private static <T> boolean candidate(Lease<T> lease) {
        return !lease.entry().hedged && lease.entry().terms.hedge();
    }

    private <T> long dueAt(Lease<T> lease) {
        long p95 = lease.entry().lane.times.p95();
        return p95 == Long.MAX_VALUE ? Long.MAX_VALUE : lease.startedAt() + (long) (p95 * factor);
    }
}
