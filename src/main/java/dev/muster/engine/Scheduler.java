package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.LeaseTable.Lease;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.TaskQueue.Lane;
import dev.muster.engine.TaskQueue.TaskState;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.ConcurrencyLimit;
import dev.muster.engine.limit.Hedger;
import dev.muster.engine.limit.HillClimbingLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Decides what the coordinator does: a pure state machine around a job's {@link Plan}.
 *
 * <p>Each input returns the actions to carry out, in order. A message that comes twice, late, or from a worker already
 * given up changes no result: only an outcome under a lease in force counts (invariant 2). Every task stays in
 * {@link #outstanding()} until it is completed or abandoned, and the run finishes by itself only when no task is left but
 * those kept for a resumption, which its result names (invariant 1). This is the one place that tries again (invariant 3).
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock. An input costs O(log n) in the tasks, leases and
 * workers of the run, what the plan does, and a look at each lane whose ready tasks wait for their budget.
 */
public final class Scheduler<T, R, P> {
    /** Enough for a task of a run that has done nothing yet: it has nothing to lose, and its endpoint may be mistyped. */
    private static final int FIRST_ATTEMPTS = 8;

    /** A service that has served nothing for so long does not merely ask for fewer requests. */
    static final long MOST_NANOS_THROTTLED = 3_600_000_000_000L;

    private static final double MOST_NANOS_PAUSED = 60e9;
    /** A task without attempts left, that stays outstanding until the run ends. */
    private record GivenUp<T>(T work, Failure failure) {}

    private final Plan<T, R, P> plan;
    private final SchedulerSettings settings;
    private final ConcurrencyLimit limit;
    private final RandomGenerator random;
    private final TaskQueue<T> taskQueue;
    private final LeaseTable<T> leases;
    private final WorkerPool workerPool = new WorkerPool();
    private final List<GivenUp<T>> keptForResumption = new ArrayList<>();
    private List<Action<T, P>> actions = new ArrayList<>();
    // Counts, as Stats explains them; those of the earlier part of a resumed run are included.
    private long tries;
    private long completed;
    private long abandoned;
    private long throttled;
    private long failed;
    private long hedged;
    private long late;

    /** The end of a run that is to stop early, by {@link #endBy} at the latest; the first reason stands. */
    private Optional<RunEnd> earlyEnd = Optional.empty();

    private long endBy = Long.MAX_VALUE;
    private boolean finished;

    /**
     * A scheduler that waits for {@link #start} or {@link #resume}.
     *
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
        this.limit = limit;
        this.random = requireNonNull(random, "random is null");
        this.taskQueue = new TaskQueue<>(plan);
        this.leases = new LeaseTable<>(epoch, new Hedger(settings.hedgeFactor(), settings.hedgeShare()));
    }

    /** Starts a new run. */
    public List<Action<T, P>> start(long now) {
        plan.seeds().forEach(work -> taskQueue.add(work, 0, now));
        return decide(now);
    }

    /** Continues an earlier run with its outstanding tasks and its counts. */
    public List<Action<T, P>> resume(List<PendingTask<T>> tasks, Stats before, long now) {
        tries = before.tries();
        completed = before.completed();
        abandoned = before.abandoned();
        throttled = before.throttled();
        failed = before.failed();
        hedged = before.hedged();
        late = before.late();
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
            assign(lease.get());
        } else {
            lease.ifPresent(unanswered -> lost(unanswered, "the answer of worker " + worker + " was lost", now));
            workerPool.ready(worker);
        }
        return decide(now);
    }

    /** A worker has done a task and wants the next one. */
    public List<Action<T, P>> completed(WorkerId worker, long leaseId, R result, long now) {
        release(worker, leaseId, true);
        accept(leaseId).ifPresentOrElse(lease -> complete(lease, result, now), () -> late++);
        return decide(now);
    }

    /** A worker has failed at a task. After a defect it restarts and pulls by itself; otherwise it wants the next one. */
    public List<Action<T, P>> failed(WorkerId worker, long leaseId, Failure failure, long now) {
        if (failure.kind() == Failure.Kind.UNFIT) {
            workerPool.unfit(worker.node());
        }
        release(worker, leaseId, failure.kind() != Failure.Kind.DEFECT);
        accept(leaseId).ifPresentOrElse(lease -> fail(lease, failure, now), () -> late++);
        if (workerPool.allUnfit()) {
            endEarly(new RunEnd.Halted(failure), now);
        }
        return decide(now);
    }

    /** Workers are gone for good; their tasks go back on the queue, and to none of them. */
    public List<Action<T, P>> workersGone(Collection<WorkerId> gone, long now) {
        for (WorkerId worker : gone) {
            long held = workerPool.heldBy(worker);
            workerPool.remove(worker);
            leases.find(held).ifPresent(lease -> lost(lease, "worker " + worker + " is gone", now));
        }
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
            return workersGone(List.of(worker), now);
        }
        workerPool.remove(worker);
        leases.end(held).map(Lease::task).filter(task -> task.lease == null).ifPresent(taskQueue::putBack);
        return decide(now);
    }

    /** Time has passed; to be called at {@link #wakeAt}, after what workers have said. Only here do leases expire. */
    public List<Action<T, P>> tick(long now) {
        expireLeases(now);
        return decide(now);
    }

    /** Hands out nothing more, waits a little for what is under way, and finishes. */
    public List<Action<T, P>> stop(long now) {
        endEarly(new RunEnd.Interrupted(), now);
        return decide(now);
    }

    /** The run cannot go on; like {@link #stop}, but the failure is its end. */
    public List<Action<T, P>> halt(Failure failure, long now) {
        endEarly(new RunEnd.Halted(failure), now);
        return decide(now);
    }

    /** Time at which {@link #tick} is next due; {@code Long.MAX_VALUE} if only messages can change anything. */
    public long wakeAt(long now) {
        if (finished) {
            return Long.MAX_VALUE;
        }
        long at = Math.min(leases.nextDeadline(), endBy);
        if (earlyEnd.isPresent()) {
            return at;
        }
        at = Math.min(at, taskQueue.nextDueAt());
        return free(limit.current()) == 0
                ? at
                : Math.min(at, Math.min(taskQueue.availableAt(now), leases.nextHedgeAt()));
    }

    /** Every task neither completed nor abandoned, whether queued, delayed or leased, and those of the plan's memory. */
    public List<PendingTask<T>> outstanding() {
        List<PendingTask<T>> tasks = new ArrayList<>(taskQueue.outstanding());
        plan.tasksOfMemory().forEach(work -> tasks.add(new PendingTask<>(work, 0)));
        return tasks;
    }

    /** The state of the run, to be shown to a reader. */
    Aggregator.Show<T, P> show(Consumer<RunSnapshot<P>> reader) {
        return new Aggregator.Show<>(stats(), Math.min(limit.current(), workerPool.size()), plan.outlook(), reader);
    }

    public Stats stats() {
        return new Stats(
                tries,
                completed,
                abandoned,
                throttled,
                failed,
                hedged,
                late,
                taskQueue.ready(),
                taskQueue.delayed(),
                leases.active().size(),
                workerPool.size(),
                workerPool.idle());
    }

    /** Does what is due now, whatever has just happened, and returns all that is to be carried out. */
    private List<Action<T, P>> decide(long now) {
        if (!finished) {
            taskQueue.releaseDelayed(now);
            if (earlyEnd.isEmpty()) {
                handOut(now);
            }
            finishWhenDue(now);
        }
        List<Action<T, P>> decided = actions;
        actions = new ArrayList<>();
        return decided;
    }

    private void expireLeases(long now) {
        for (var due = leases.expired(now); !finished && due.isPresent(); due = leases.expired(now)) {
            Lease<T> lease = due.get();
            cancel(lease);
            lost(lease, "no answer in time from worker " + lease.worker(), now);
        }
    }

    /**
     * Hands tasks to idle workers, as many as the limit allows: stragglers a second time, and else queued ones. A straggler
     * comes first as it holds a worker, and all that follows from it, until its twin answers.
     */
    private void handOut(long now) {
        limit.workers(workerPool.size());
        while (free(limit.current()) > 0) {
            Optional<TaskState<T>> task = leases.straggler(now);
            if (task.isPresent()) {
                hedged++;
            } else {
                task = taskQueue.poll(now, workerPool.size());
            }
            if (task.isEmpty()) {
                return;
            }
            tries++;
            WorkerId worker = workerPool.firstIdle().orElseThrow();
            assign(leases.grant(task.get(), worker, now, settings.leaseMargin().toNanos()));
        }
    }

    private void finishWhenDue(long now) {
        Optional<RunEnd> end = Optional.empty();
        // At a complete end only tasks kept for a resumption are left; one that was to end early has others, too.
        if (taskQueue.size() == keptForResumption.size() && (taskQueue.isEmpty() || earlyEnd.isEmpty())) {
            end = Optional.of(new RunEnd.Complete());
        } else if (leases.active().isEmpty() || now >= endBy) {
            end = earlyEnd;
        }
        if (end.isPresent()) {
            leases.active().forEach(this::cancel);
            finished = true;
            actions.add(new Action.Finish<>(
                    end.get(), end.get() instanceof RunEnd.Complete ? partialsOfGivenUp() : List.of()));
        }
    }

    private List<P> partialsOfGivenUp() {
        return keptForResumption.stream()
                .flatMap(task -> plan.abandoned(task.work(), task.failure()).partial().stream())
                .toList();
    }

    private void endEarly(RunEnd end, long now) {
        if (earlyEnd.isEmpty()) {
            earlyEnd = Optional.of(end);
            endBy = now + settings.stopGrace().toNanos();
        }
    }

    /** Ends a lease whose outcome has come, if the lease is in force and the run still takes outcomes. */
    private Optional<Lease<T>> accept(long leaseId) {
        return finished ? Optional.empty() : leases.end(leaseId);
    }

    /** The worker has spoken of this lease; it is free if that is the last one that it was given. */
    private void release(WorkerId worker, long leaseId, boolean wantsMore) {
        if (workerPool.knows(worker) && workerPool.heldBy(worker) == leaseId) {
            if (wantsMore) {
                workerPool.ready(worker);
            } else {
                workerPool.away(worker);
            }
        }
    }

    /** The task of an ended lease is done. */
    private void complete(Lease<T> lease, R result, long now) {
        TaskState<T> task = lease.task();
        Demand demand = new Demand(free(limit.soon()), taskQueue.ready(), task.lane.rate.adjusted());
        int steps = Math.max(1, plan.steps(task.work, result));
        long each = (now - lease.startedAt()) / steps;
        leases.completed(lease, each);
        IntStream.range(0, steps)
                .forEach(step -> limit.succeeded(each, leases.active().size() + 1, now));
        tries += steps - 1;
        task.lane.completedAt = now;
        settle(task);
        completed++;
        take(plan.completed(task.work, result, demand), task.lane, now);
    }

    /** Ends a lease of which nothing more is expected. */
    private void lost(Lease<T> lease, String message, long now) {
        leases.end(lease.id());
        fail(lease, new Failure(Failure.Kind.TRANSIENT, "NoAnswer", message), now);
    }

    /** The task of an ended lease is not done; unless its twin still runs, it is put back or abandoned. */
    private void fail(Lease<T> lease, Failure failure, long now) {
        TaskState<T> task = lease.task();
        Failure.Kind kind = failure.kind();
        if (kind == Failure.Kind.THROTTLED) {
            throttled++;
            task.lane.rate.throttled(now);
            task.throttledSince = Math.min(task.throttledSince, now);
            limit.throttled(now);
        } else {
            failed++;
        }
        if (task.lease != null) {
            return;
        }
        if (kind.costsAttempt()) {
            task.attempts++;
        }
        int mostAttempts = completed > 0 ? settings.maxAttempts() : Math.min(settings.maxAttempts(), FIRST_ATTEMPTS);
        boolean exhausted = kind == Failure.Kind.THROTTLED
                ? now - Math.max(task.throttledSince, task.lane.completedAt) >= MOST_NANOS_THROTTLED
                : task.attempts >= mostAttempts;
        if (kind.retriable() && exhausted && plan.keptForResumption(task.work)) {
            task.attempts = 0;
            keptForResumption.add(new GivenUp<>(task.work, failure));
        } else if (!kind.retriable() || exhausted) {
            settle(task);
            abandoned++;
            take(plan.abandoned(task.work, failure), task.lane, now);
        } else if (kind.costsAttempt()) {
            plan.repeated(task.work);
            long backoff = settings.backoff().delayNanos(task.attempts, random);
            taskQueue.putBack(task, now + Math.max(backoff, askedPause(failure)));
        } else if (failure.retryAfterMillis() > 0) {
            taskQueue.putBack(task, now + askedPause(failure));
        } else {
            taskQueue.putBack(task);
        }
    }

    /** The pause that a service asks for, up to a minute; drawn out a little, as others were told the same. */
    private long askedPause(Failure failure) {
        double nanos = Math.min(failure.retryAfterMillis() * 1e6, MOST_NANOS_PAUSED);
        return (long) (nanos * (1 + random.nextDouble() / 4));
    }

    /** Takes a task off the books and calls back the twin that still works on it. */
    private void settle(TaskState<T> task) {
        taskQueue.settle(task);
        if (task.lease != null) {
            Lease<T> twin = task.lease;
            leases.end(twin.id());
            cancel(twin);
        }
    }

    /** Takes a settled task's partial and what follows from it, in one step (invariant 2). */
    private void take(Step<T, P> step, Lane<T> lane, long now) {
        step.partial().ifPresent(partial -> actions.add(new Action.Merge<>(partial)));
        step.next().forEach(work -> taskQueue.add(work, 0, now));
        taskQueue.release(lane);
    }

    /** Gives a worker its lease, for the first time or again; a worker ignores one that it has seen. */
    private void assign(Lease<T> lease) {
        workerPool.assigned(lease.worker(), lease.id());
        TaskState<T> task = lease.task();
        actions.add(new Action.Assign<>(lease.worker(), lease.id(), task.work, task.timeout()));
    }

    private void cancel(Lease<T> lease) {
        actions.add(new Action.Cancel<>(lease.worker(), lease.id()));
    }

    /** Idle workers that may get a task while so many may be under way. */
    private int free(int most) {
        return Math.max(0, Math.min(workerPool.idle(), most - leases.active().size()));
    }

    /** Instruction from the {@link Scheduler}. The instructions for one input are carried out in order. */
    public sealed interface Action<T, P> {
        /** Hand a task to a worker that has asked for one. */
        record Assign<T, P>(WorkerId worker, long lease, T work, Duration timeout) implements Action<T, P> {}

        /** Tell a worker that its task's outcome is no longer wanted. */
        record Cancel<T, P>(WorkerId worker, long lease) implements Action<T, P> {}

        /** Merge a partial result. */
        record Merge<T, P>(P partial) implements Action<T, P> {}

        /**
         * The run is over; no action follows.
         *
         * @param givenUp partials of the tasks that were given up and are kept for a resumption: what is outstanding in a run
         *     that is complete
         */
        record Finish<T, P>(RunEnd end, List<P> givenUp) implements Action<T, P> {}
    }
}
