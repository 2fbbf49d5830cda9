package dev.muster.engine.queue;

import dev.muster.engine.Demand;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands tasks to idle workers, as many as the limit allows: stragglers a second time, and else queued ones. A straggler
 * comes first as it holds a worker, and all that follows from it, until its twin answers.
 */
final class Dispatch<T, P> {
    private final Backlog<T> backlog;
    private final Leases<T> leases;
    private final Crew crew;
    private final Counts counts;
    private final Limit limit;
    private final Hedging hedging;
    private final long leaseMarginNanos;
    private final Consumer<Action<T, P>> actions;

    Dispatch(
            SchedulerSettings settings,
            Backlog<T> backlog,
            Leases<T> leases,
            Crew crew,
            Counts counts,
            Limit limit,
            Consumer<Action<T, P>> actions) {
        this.backlog = backlog;
        this.leases = leases;
        this.crew = crew;
        this.counts = counts;
        this.limit = limit;
        this.hedging = new Hedging(settings.hedgeFactor(), settings.hedgeShare());
        this.leaseMarginNanos = settings.leaseMargin().toNanos();
        this.actions = actions;
    }

    void handOut(long now) {
        limit.workers(crew.size());
        while (free(limit.current()) > 0) {
            Optional<Entry<T>> entry = hedging.poll(leases, now);
            if (entry.isPresent()) {
                counts.hedged++;
            } else {
                entry = backlog.poll(now);
            }
            if (entry.isEmpty()) {
                return;
            }
            counts.tries++;
            assign(leases.grant(entry.get(), crew.firstIdle().orElseThrow(), now, leaseMarginNanos));
        }
    }

    /** A task was completed. */
    void completed() {
        hedging.completed();
    }

    /** Gives a worker its lease, for the first time or again; a worker ignores one that it has seen. */
    void assign(Lease<T> lease) {
        crew.assigned(lease.worker(), lease.id());
        Entry<T> entry = lease.entry();
        actions.accept(new Action.Assign<>(lease.worker(), lease.id(), entry.work, entry.terms.timeout()));
    }

    /** When {@link #handOut} has something to do without any message; {@code Long.MAX_VALUE} if never. */
    long nextAt(long now) {
        if (free(limit.current()) == 0) {
            return Long.MAX_VALUE;
        }
        return Math.min(backlog.availableAt(now), hedging.nextAt(leases, now));
    }

    Demand demand() {
        return new Demand(free(limit.soon()), backlog.queued());
    }

    /** Idle workers that may get a task while so many may be under way. */
    private int free(int most) {
        return Math.max(0, Math.min(crew.idle(), most - leases.active().size()));
    }
}
