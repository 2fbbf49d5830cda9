package dev.muster.engine.queue;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Demand;
import dev.muster.engine.Failure;
import dev.muster.engine.Outstanding;
import dev.muster.engine.Plan;
import dev.muster.engine.RunEnd;
import dev.muster.engine.Stats;
import dev.muster.engine.Step;
import dev.muster.engine.Terms;
import dev.muster.engine.WorkerId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
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
    private record Delayed<T>(Entry<T> entry, long dueAt) {}

    private final Plan<T, R, P> plan;
    private final SchedulerSettings settings;
    private final RandomGenerator random;
    private final Lanes<T> lanes;
    private final Leases<T> leases;
    private final Crew crew = new Crew();
    private final Hedging hedging;
    private final Set<Entry<T>> outstanding = new LinkedHashSet<>();
    private final PriorityQueue<Delayed<T>> delayed = new PriorityQueue<>((a, b) -> Long.compare(a.dueAt(), b.dueAt()));

    private List<Action<T, P>> actions = new ArrayList<>();
    private Optional<RunEnd> ending = Optional.empty();
    private long endBy;
    private boolean finished;

    private long tries;
    private long completed;
    private long abandoned;
    private long throttled;
    private long failed;
    private long late;

    /**
     * @param epoch grows with each coordinator of a run, and leases with it, so that no outcome of an earlier one fits
     */
    public Scheduler(Plan<T, R, P> plan, SchedulerSettings settings, long epoch, RandomGenerator random) {
        this.plan = requireNonNull(plan, "plan is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.random = requireNonNull(random, "random is null");
        this.lanes = new Lanes<>(plan::quota);
        this.leases = new Leases<>(epoch);
        this.hedging = new Hedging(settings.hedgeFactor(), settings.hedgeShare());
    }

    /** Starts a new run. */
    public List<Action<T, P>> start(long now) {
        plan.seeds().forEach(work -> add(work, 0, now));
        return decide(now);
    }

    /** Goes on with the outstanding tasks of an earlier run and its counts. */
    public List<Action<T, P>> resume(List<Outstanding<T>> tasks, Stats before, long now) {
        tries = before.tries();
        completed = before.completed();
        abandoned = before.abandoned();
        throttled = before.throttled();
        failed = before.failed();
        plan.resumed(tasks.stream().map(Outstanding::work).toList());
        tasks.forEach(task -> add(task.work(), task.attempts(), now));
        return decide(now);
    }

    /**
     * A worker asks for a task.
     *
     * @param lastLease the newest lease that the worker has seen; 0 if none
     */
    public List<Action<T, P>> pull(WorkerId worker, long lastLease, long now) {
        long held = crew.heldBy(worker);
        Optional<Lease<T>> lease = leases.find(held);
        if (held > lastLease && lease.isPresent()) {
            // The pull and the assignment have crossed, or the assignment was lost.
            assign(lease.get());
        } else {
            lease.ifPresent(
                    unanswered -> giveBack(unanswered, lost("the answer of worker " + worker + " was lost"), now));
            crew.ready(worker);
        }
        return decide(now);
    }

    /** A worker has done a task and wants the next one. */
    public List<Action<T, P>> completed(WorkerId worker, long leaseId, R result, long now) {
        release(worker, leaseId, true);
        Optional<Lease<T>> lease = accept(leaseId);
        if (lease.isEmpty()) {
            late++;
            return decide(now);
        }
        Entry<T> entry = lease.get().entry();
        entry.lane.times.add(now - lease.get().startedAt());
        settle(entry);
        completed++;
        take(plan.completed(entry.work, result, new Demand(crew.idle(), lanes.size())), entry.lane, now);
        return decide(now);
    }

    /** A worker has failed at a task. After a defect it restarts and pulls by itself; otherwise it wants the next one. */
    public List<Action<T, P>> failed(WorkerId worker, long leaseId, Failure failure, long now) {
        if (failure.kind() == Failure.Kind.UNFIT) {
            crew.unfit(worker.node());
        }
        release(worker, leaseId, failure.kind() != Failure.Kind.DEFECT);
        Optional<Lease<T>> lease = accept(leaseId);
        if (lease.isEmpty()) {
            late++;
        } else {
            giveBack(lease.get(), failure, now);
        }
        if (crew.allUnfit()) {
            end(new RunEnd.Halted(failure), now);
        }
        return decide(now);
    }

    /** A worker is gone for good; its task goes back on the queue. */
    public List<Action<T, P>> workerGone(WorkerId worker, long now) {
        long held = crew.heldBy(worker);
        crew.remove(worker);
        leases.find(held).ifPresent(lease -> giveBack(lease, lost("worker " + worker + " is gone"), now));
        return decide(now);
    }

    /**
     * A worker stops after what it has done; a task that it was given but has not begun goes back at no cost.
     *
     * @param lastLease the newest lease that the worker has seen; 0 if none
     */
    public List<Action<T, P>> leave(WorkerId worker, long lastLease, long now) {
        long held = crew.heldBy(worker);
        if (held <= lastLease) {
            return workerGone(worker, now);
        }
        crew.remove(worker);
        leases.end(held).map(Lease::entry).filter(entry -> entry.leases == 0).ifPresent(lanes::add);
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
        long at = leases.nextDeadline();
        if (ending.isPresent()) {
            return Math.min(at, endBy);
        }
        if (!delayed.isEmpty()) {
            at = Math.min(at, delayed.peek().dueAt());
        }
        if (crew.idle() > 0) {
            at = Math.min(at, lanes.availableAt(now));
            at = Math.min(at, hedging.nextAt(leases, completed, now));
        }
        return at;
    }

    /** Every task neither completed nor abandoned, whether queued, delayed or leased. */
    public List<Outstanding<T>> outstanding() {
        return outstanding.stream()
                .map(entry -> new Outstanding<>(entry.work, entry.attempts))
                .toList();
    }

    public Stats stats() {
        return new Stats(
                tries,
                completed,
                abandoned,
                throttled,
                failed,
                hedging.started(),
                late,
                lanes.size(),
                delayed.size(),
                leases.active().size(),
                crew.size(),
                crew.idle());
    }

    private List<Action<T, P>> decide(long now) {
        if (!finished) {
            leases.expired(now).ifPresent(lease -> expire(lease, now));
            releaseDelayed(now);
            handOut(now);
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

    private void releaseDelayed(long now) {
        while (!delayed.isEmpty() && delayed.peek().dueAt() <= now) {
            lanes.add(delayed.poll().entry());
        }
    }

    private void handOut(long now) {
        while (ending.isEmpty() && crew.idle() > 0) {
            Optional<Entry<T>> entry = lanes.poll(now);
            if (entry.isEmpty()) {
                entry = hedging.poll(leases, completed, now);
            }
            if (entry.isEmpty()) {
                return;
            }
            WorkerId worker = crew.firstIdle().orElseThrow();
            tries++;
            assign(leases.grant(entry.get(), worker, now, settings.leaseMargin().toNanos()));
        }
    }

    private void assign(Lease<T> lease) {
        crew.assigned(lease.worker(), lease.id());
        actions.add(new Action.Assign<>(
                lease.worker(),
                lease.id(),
                lease.entry().work,
                lease.entry().terms.timeout()));
    }

    private void finishWhenDue(long now) {
        if (outstanding.isEmpty()) {
            finish(new RunEnd.Complete());
        } else if (ending.isPresent() && (leases.active().isEmpty() || now >= endBy)) {
            leases.active().forEach(lease -> actions.add(new Action.Cancel<>(lease.worker(), lease.id())));
            finish(ending.get());
        }
    }

    private void finish(RunEnd end) {
        finished = true;
        actions.add(new Action.Finish<>(end));
    }

    private void end(RunEnd end, long now) {
        if (ending.isEmpty()) {
            ending = Optional.of(end);
            endBy = now + settings.stopGrace().toNanos();
        }
    }

    private void add(T work, int attempts, long now) {
        Terms terms = plan.terms(work);
        Lane<T> lane = lanes.lane(terms.resource(), now);
        Entry<T> entry = new Entry<>(work, terms, lane, attempts);
        lane.outstanding++;
        outstanding.add(entry);
        lanes.add(entry);
    }

    /** Ends a lease if the run still takes outcomes. */
    private Optional<Lease<T>> accept(long leaseId) {
        return finished ? Optional.empty() : leases.end(leaseId);
    }

    private void release(WorkerId worker, long leaseId, boolean wantsMore) {
        if (crew.knows(worker) && crew.heldBy(worker) == leaseId) {
            if (wantsMore) {
                crew.ready(worker);
            } else {
                crew.away(worker);
            }
        }
    }

    private void giveBack(Lease<T> lease, Failure failure, long now) {
        leases.end(lease.id());
        Entry<T> entry = lease.entry();
        if (failure.kind() == Failure.Kind.THROTTLED) {
            throttled++;
            entry.lane.budget.throttled(now);
        } else {
            failed++;
        }
        if (entry.leases > 0) {
            return; // its twin still runs
        }
        if (failure.kind().costsAttempt()) {
            entry.attempts++;
        }
        if (!failure.kind().retriable() || entry.attempts >= settings.maxAttempts()) {
            settle(entry);
            abandoned++;
            take(plan.abandoned(entry.work, failure), entry.lane, now);
        } else if (failure.kind().costsAttempt()) {
            delayed.add(new Delayed<>(entry, now + settings.backoff().delayNanos(entry.attempts, random)));
        } else {
            lanes.add(entry);
        }
    }

    /** Takes a task off the books and calls back whoever else still works on it. */
    private void settle(Entry<T> entry) {
        outstanding.remove(entry);
        entry.lane.outstanding--;
        for (Lease<T> twin : entry.leases > 0 ? leases.of(entry) : List.<Lease<T>>of()) {
            leases.end(twin.id());
            actions.add(new Action.Cancel<>(twin.worker(), twin.id()));
        }
    }

    /** Takes a task's partial and what follows from it in one step (invariant 2). */
    private void take(Step<T, P> step, Lane<T> lane, long now) {
        step.partial().ifPresent(partial -> actions.add(new Action.Merge<>(partial)));
        step.next().forEach(work -> add(work, 0, now));
        lanes.release(lane);
    }

    private static Failure lost(String message) {
        return new Failure(Failure.Kind.TRANSIENT, "NoAnswer", message);
    }
}
