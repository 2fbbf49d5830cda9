package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.limit.ConcurrencyLimit;
import dev.muster.engine.limit.HillClimbingLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides what the coordinator does: a pure state machine around a job's {@link Plan}.
 *
 * <p>Each input returns the actions to carry out, in order. A message that comes twice, late, or from a worker already
 * given up changes no result: only an outcome under an outstanding lease counts (invariant 2). Every task stays in
 * {@link #outstanding()} until it is completed or abandoned, and the run finishes only when none is left (invariant 1).
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock.
 */
public final class Scheduler<T, R, P> {
    private final Plan<T, R, P> plan;
    private final SchedulerSettings settings;
    private final TaskQueue<T> taskQueue;
    private final LeaseTable<T> leases;
    private final WorkerPool workerPool = new WorkerPool();
    private final Dispatch<T, P> dispatch;
    private final Counts counts = new Counts();
    private final Ending ending = new Ending();
    private final Outcomes<T, R, P> outcomes;

    private List<Action<T, P>> actions = new ArrayList<>();
    private boolean finished;

    /**
     * @param epoch grows with each coordinator of a run, and leases with it, so that no outcome of an earlier one fits
     */
    public Scheduler(Plan<T, R, P> plan, SchedulerSettings settings, long epoch, RandomGenerator random) {
        this(plan, settings, settings.adaptive() ? new HillClimbingLimit() : ConcurrencyLimit.none(), epoch, random);
    }

    Scheduler(
            Plan<T, R, P> plan,
            SchedulerSettings settings,
            ConcurrencyLimit limit,
            long epoch,
            RandomGenerator random) {
        this.plan = requireNonNull(plan, "plan is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.taskQueue = new TaskQueue<>(plan);
        this.leases = new LeaseTable<>(epoch);
        this.dispatch =
                new Dispatch<>(settings, taskQueue, leases, workerPool, counts, limit, action -> actions.add(action));
        requireNonNull(random, "random is null");
        this.outcomes =
                new Outcomes<>(plan, settings, random, taskQueue, leases, counts, limit, action -> actions.add(action));
    }

    /** Starts a new run. */
    public List<Action<T, P>> start(long now) {
        plan.seeds().forEach(work -> taskQueue.add(work, 0, now));
        return decide(now);
    }

    /** Goes on with the outstanding tasks of an earlier run and its counts. */
    public List<Action<T, P>> resume(List<PendingTask<T>> tasks, Stats before, long now) {
        counts.continueFrom(before);
        plan.resumed(tasks.stream().map(PendingTask::work).toList());
        tasks.forEach(task -> taskQueue.add(task.work(), task.attempts(), now));
        return decide(now);
    }

    /**
     * A worker asks for a task.
     *
     * @param lastLease the newest lease that the worker has seen; 0 if none
     */
    public List<Action<T, P>> pull(WorkerId worker, long lastLease, long now) {
        long held = workerPool.heldBy(worker);
        Optional<Lease<T>> lease = leases.find(held);
        if (held > lastLease && lease.isPresent()) {
            // The pull and the assignment have crossed, or the assignment was lost.
            dispatch.assign(lease.get());
        } else {
            lease.ifPresent(
                    unanswered -> giveBack(unanswered, lost("the answer of worker " + worker + " was lost"), now));
            workerPool.ready(worker);
        }
        return decide(now);
    }

    /** A worker has done a task and wants the next one. */
    public List<Action<T, P>> completed(WorkerId worker, long leaseId, R result, long now) {
        release(worker, leaseId, true);
        Optional<Lease<T>> lease = accept(leaseId);
        if (lease.isEmpty()) {
            counts.late++;
        } else {
            outcomes.completed(lease.get(), result, dispatch.demand(), now);
            dispatch.completed();
        }
        return decide(now);
    }

    /** A worker has failed at a task. After a defect it restarts and pulls by itself; otherwise it wants the next one. */
    public List<Action<T, P>> failed(WorkerId worker, long leaseId, Failure failure, long now) {
        if (failure.kind() == Failure.Kind.UNFIT) {
            workerPool.unfit(worker.node());
        }
        release(worker, leaseId, failure.kind() != Failure.Kind.DEFECT);
        Optional<Lease<T>> lease = accept(leaseId);
        if (lease.isEmpty()) {
            counts.late++;
        } else {
            outcomes.failed(lease.get(), failure, now);
        }
        if (workerPool.allUnfit()) {
            end(new RunEnd.Halted(failure), now);
        }
        return decide(now);
    }

    /** A worker is gone for good; its task goes back on the queue. */
    public List<Action<T, P>> workerGone(WorkerId worker, long now) {
        long held = workerPool.heldBy(worker);
        workerPool.remove(worker);
        leases.find(held).ifPresent(lease -> giveBack(lease, lost("worker " + worker + " is gone"), now));
        return decide(now);
    }

    /**
     * A worker stops after what it has done; a task that it was given but has not begun goes back at no cost.
     *
     * @param lastLease the newest lease that the worker has seen; 0 if none
     */
    public List<Action<T, P>> leave(WorkerId worker, long lastLease, long now) {
        long held = workerPool.heldBy(worker);
        if (held <= lastLease) {
            return workerGone(worker, now);
        }
        workerPool.remove(worker);
        leases.end(held).map(Lease::entry).filter(entry -> entry.leases == 0).ifPresent(taskQueue::putBack);
        return decide(now);
    }

    /** Time has passed; to be called at {@link #wakeAt}. */
    public List<Action<T, P>> tick(long now) {
        return decide(now);
    }

    /** Hands out nothing more, waits a little for what is under way, and finishes. */
    public List<Action<T, P>> stop(long now) {
        end(new RunEnd.Interrupted(), now);
        return decide(now);
    }

    /** The run cannot go on; like {@link #stop}, but the failure is its end. */
    public List<Action<T, P>> halt(Failure failure, long now) {
        end(new RunEnd.Halted(failure), now);
        return decide(now);
    }

    /** When {@link #tick} is next due; {@code Long.MAX_VALUE} if only messages can change anything. */
    public long wakeAt(long now) {
        if (finished) {
            return Long.MAX_VALUE;
        }
        long at = Math.min(leases.nextDeadline(), ending.by());
        if (ending.requested()) {
            return at;
        }
        return Math.min(at, Math.min(taskQueue.nextDueAt(), dispatch.nextAt(now)));
    }

    /** Every task neither completed nor abandoned, whether queued, delayed or leased. */
    public List<PendingTask<T>> outstanding() {
        return taskQueue.outstanding();
    }

    public Stats stats() {
        return new Stats(
                counts.tries,
                counts.completed,
                counts.abandoned,
                counts.throttled,
                counts.failed,
                counts.hedged,
                counts.late,
                taskQueue.queued(),
                taskQueue.delayed(),
                leases.active().size(),
                workerPool.size(),
                workerPool.idle());
    }

    private List<Action<T, P>> decide(long now) {
        if (!finished) {
            leases.expired(now).ifPresent(lease -> expire(lease, now));
            taskQueue.releaseDelayed(now);
            if (!ending.requested()) {
                dispatch.handOut(now);
            }
            finishWhenDue(now);
        }
        List<Action<T, P>> decided = actions;
        actions = new ArrayList<>();
        return decided;
    }

    private void expire(Lease<T> first, long now) {
        for (Optional<Lease<T>> lease = Optional.of(first); lease.isPresent(); lease = leases.expired(now)) {
            actions.add(new Action.Cancel<>(lease.get().worker(), lease.get().id()));
            giveBack(
                    lease.get(),
                    lost("no answer in time from worker " + lease.get().worker()),
                    now);
        }
    }

    private void finishWhenDue(long now) {
        ending.due(taskQueue.isEmpty(), leases.active().isEmpty(), now).ifPresent(end -> {
            leases.active().forEach(lease -> actions.add(new Action.Cancel<>(lease.worker(), lease.id())));
            finished = true;
            actions.add(new Action.Finish<>(end));
        });
    }

    private void end(RunEnd end, long now) {
        ending.request(end, now + settings.stopGrace().toNanos());
    }

    /** Ends a lease if the run still takes outcomes. */
    private Optional<Lease<T>> accept(long leaseId) {
        return finished ? Optional.empty() : leases.end(leaseId);
    }

    private void release(WorkerId worker, long leaseId, boolean wantsMore) {
        if (workerPool.knows(worker) && workerPool.heldBy(worker) == leaseId) {
            if (wantsMore) {
                workerPool.ready(worker);
            } else {
                workerPool.away(worker);
            }
        }
    }

    private void giveBack(Lease<T> lease, Failure failure, long now) {
        leases.end(lease.id());
        outcomes.failed(lease, failure, now);
    }

    private static Failure lost(String message) {
        return new Failure(Failure.Kind.TRANSIENT, "NoAnswer", message);
    }
}
