package dev.muster.engine;

import dev.muster.engine.limit.ConcurrencyLimit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands tasks to idle workers, as many as the limit allows: stragglers a second time, and else queued ones. A straggler
 * comes first as it holds a worker, and all that follows from it, until its twin answers.
 */
final class Dispatch<T, P> {
    private final TaskQueue<T> taskQueue;
    private final LeaseTable<T> leases;
    private final WorkerPool workerPool;
    private final Counts counts;
    private final ConcurrencyLimit limit;
    private final Hedger hedger;
    private final long leaseMarginNanos;
    private final Consumer<Action<T, P>> actions;

    Dispatch(
            SchedulerSettings settings,
            TaskQueue<T> taskQueue,
            LeaseTable<T> leases,
            WorkerPool workerPool,
            Counts counts,
            ConcurrencyLimit limit,
            Consumer<Action<T, P>> actions) {
        this.taskQueue = taskQueue;
        this.leases = leases;
        this.workerPool = workerPool;
        this.counts = counts;
        this.limit = limit;
        this.hedger = new Hedger(settings.hedgeFactor(), settings.hedgeShare());
        this.leaseMarginNanos = settings.leaseMargin().toNanos();
        this.actions = actions;
    }

    void handOut(long now) {
        limit.workers(workerPool.size());
        while (free(limit.current()) > 0) {
            Optional<TaskState<T>> entry = hedger.poll(leases, now);
            if (entry.isPresent()) {
                counts.hedged++;
            } else {
                entry = taskQueue.poll(now);
            }
            if (entry.isEmpty()) {
                return;
            }
            counts.tries++;
            assign(leases.grant(entry.get(), workerPool.firstIdle().orElseThrow(), now, leaseMarginNanos));
        }
    }

    /** A task was completed. */
    void completed() {
        hedger.completed();
    }

    /** Gives a worker its lease, for the first time or again; a worker ignores one that it has seen. */
    void assign(Lease<T> lease) {
        workerPool.assigned(lease.worker(), lease.id());
        TaskState<T> entry = lease.entry();
        actions.accept(new Action.Assign<>(lease.worker(), lease.id(), entry.work, entry.terms.timeout()));
    }

    /** When {@link #handOut} has something to do without any message; {@code Long.MAX_VALUE} if never. */
    long nextAt(long now) {
        if (free(limit.current()) == 0) {
            return Long.MAX_VALUE;
        }
        return Math.min(taskQueue.availableAt(now), hedger.nextAt(leases, now));
    }

    Demand demand() {
        return new Demand(free(limit.soon()), taskQueue.queued());
    }

    /** Idle workers that may get a task while so many may be under way. */
    private int free(int most) {
        return Math.max(0, Math.min(workerPool.idle(), most - leases.active().size()));
    }
}
