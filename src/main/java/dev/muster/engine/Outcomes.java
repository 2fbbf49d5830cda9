package dev.muster.engine;

import dev.muster.engine.limit.ConcurrencyLimit;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What becomes of a task whose lease has ended: completed, put back, or abandoned. A task's partial and what follows from
 * it are taken together, in one step (invariant 2), and this is the one place that tries again (invariant 3).
 */
final class Outcomes<T, R, P> {
    /** Enough for a task of a run that has done nothing yet: it has nothing to lose, and its endpoint may be mistyped. */
    private static final int FIRST_ATTEMPTS = 8;

    private final Plan<T, R, P> plan;
    private final SchedulerSettings settings;
    private final RandomGenerator random;
    private final TaskQueue<T> taskQueue;
    private final LeaseTable<T> leases;
    private final Counts counts;
    private final ConcurrencyLimit limit;
    private final Consumer<Action<T, P>> actions;

    Outcomes(
            Plan<T, R, P> plan,
            SchedulerSettings settings,
            RandomGenerator random,
            TaskQueue<T> taskQueue,
            LeaseTable<T> leases,
            Counts counts,
            ConcurrencyLimit limit,
            Consumer<Action<T, P>> actions) {
        this.plan = plan;
        this.settings = settings;
        this.random = random;
        this.taskQueue = taskQueue;
        this.leases = leases;
        this.counts = counts;
        this.limit = limit;
        this.actions = actions;
    }

    /** The task of an ended lease is done. */
    void completed(Lease<T> lease, R result, Demand demand, long now) {
        TaskState<T> entry = lease.entry();
        entry.lane.times.add(now - lease.startedAt());
        limit.succeeded(now - lease.startedAt(), leases.active().size() + 1, now);
        settle(entry);
        counts.completed++;
        take(plan.completed(entry.work, result, demand), entry.lane, now);
    }

    /** The task of an ended lease is not done; unless its twin still runs, it is put back or abandoned. */
    void failed(Lease<T> lease, Failure failure, long now) {
        TaskState<T> entry = lease.entry();
        if (failure.kind() == Failure.Kind.THROTTLED) {
            counts.throttled++;
            entry.lane.budget.throttled(now);
            limit.throttled(now);
        } else {
            counts.failed++;
        }
        if (entry.leases > 0) {
            return;
        }
        if (failure.kind().costsAttempt()) {
            entry.attempts++;
        }
        if (!failure.kind().retriable() || entry.attempts >= mostAttempts()) {
            settle(entry);
            counts.abandoned++;
            take(plan.abandoned(entry.work, failure), entry.lane, now);
        } else if (failure.kind().costsAttempt()) {
            plan.repeated(entry.work);
            taskQueue.putBack(entry, now + settings.backoff().delayNanos(entry.attempts, random));
        } else {
            taskQueue.putBack(entry);
        }
    }

    private int mostAttempts() {
        return counts.completed > 0 ? settings.maxAttempts() : Math.min(settings.maxAttempts(), FIRST_ATTEMPTS);
    }

    /** Takes a task off the books and calls back whoever else still works on it. */
    private void settle(TaskState<T> entry) {
        taskQueue.settle(entry);
        for (Lease<T> twin : entry.leases > 0 ? leases.of(entry) : List.<Lease<T>>of()) {
            leases.end(twin.id());
            actions.accept(new Action.Cancel<>(twin.worker(), twin.id()));
        }
    }

    private void take(Step<T, P> step, Lane<T> lane, long now) {
        step.partial().ifPresent(partial -> actions.accept(new Action.Merge<>(partial)));
        step.next().forEach(work -> taskQueue.add(work, 0, now));
        taskQueue.release(lane);
    }
}
