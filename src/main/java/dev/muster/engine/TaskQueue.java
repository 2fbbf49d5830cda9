package dev.muster.engine;

import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.LeaseTable.Lease;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.limit.Hedger.LatencyWindow;
import dev.muster.engine.limit.RateLimiter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Every task of a run that is neither completed nor abandoned: ready in the lane of its resource, waiting for its next
 * attempt, or with a worker. A task leaves it by {@link #settle} alone (invariant 1).
 *
 * <p>Lanes with ready tasks are served in turn, so that a resource without budget, or with a million tasks, holds up no
 * other. Tasks from which many follow wait while there is enough for all workers, and then come first.
 */
final class TaskQueue<T> {
    private static final int MOST_DOUBLINGS = 3;
    /** Ready tasks for each worker that are enough. */
    private static final int ENOUGH = 4;

    /** An outstanding task and what the scheduler knows of it. */
    static final class TaskState<T> {
        final T work;
        final TaskPolicy policy;
        final Lane<T> lane;
        /** Attempts used up. */
        int attempts;
        /** Time at which it was throttled for the first time; {@code Long.MAX_VALUE} if it never was. */
        long throttledSince = Long.MAX_VALUE;
        /** The lease under which it runs; null while it is queued or delayed. */
        Lease<T> lease;
        /** The second lease of a task that is hedged; null otherwise. */
        Lease<T> twin;

        TaskState(T work, TaskPolicy policy, Lane<T> lane, int attempts) {
            this.work = work;
            this.policy = policy;
            this.lane = lane;
            this.attempts = attempts;
        }

        /** Time that an attempt may take: double that of the one before it, up to eight times the first. */
        Duration timeout() {
            return policy.timeout().multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        }
    }

    /** The tasks of one resource, with its rate and the durations of its last tries. */
    static final class Lane<T> {
        final String resource;
        final RateLimiter rate;
        final LatencyWindow times = new LatencyWindow();
        /** Lanes with ready tasks, this one among them while it has some. */
        final Deque<Lane<T>> rotation;

        final ArrayDeque<TaskState<T>> ready = new ArrayDeque<>();
        /** Tasks of this lane in any state. */
        int outstanding;
        /** Time of the last completed task; {@code Long.MIN_VALUE} without one. */
        long completedAt = Long.MIN_VALUE;
        /** Leases that may be hedged, by number and so by age; kept by the {@link LeaseTable}, as is the next field. */
        final LinkedHashMap<Long, Lease<T>> hedgeable = new LinkedHashMap<>();
        /** Time at which the oldest of them may be hedged. */
        long hedgeAt = Long.MAX_VALUE;

        Lane(String resource, RateLimiter rate, Deque<Lane<T>> rotation) {
            this.resource = resource;
            this.rate = rate;
            this.rotation = rotation;
        }
    }

    private record Delayed<T>(TaskState<T> task, long dueAt) {}

    private final Plan<T, ?, ?> plan;
    private final Map<String, Lane<T>> lanes = new HashMap<>();
    private final Deque<Lane<T>> rotation = new ArrayDeque<>();
    private final Deque<Lane<T>> expanding = new ArrayDeque<>();
    private final Set<TaskState<T>> outstanding = new LinkedHashSet<>();
    private final PriorityQueue<Delayed<T>> delayed = new PriorityQueue<>((a, b) -> Long.compare(a.dueAt(), b.dueAt()));
    private int ready;

    TaskQueue(Plan<T, ?, ?> plan) {
        this.plan = plan;
    }

    void add(T work, int attempts, long now) {
        TaskPolicy policy = plan.terms(work);
        Lane<T> lane = lanes.computeIfAbsent(
                policy.resource(),
                name -> new Lane<>(
                        name, new RateLimiter(plan.quota(name), now), policy.expands() ? expanding : rotation));
        TaskState<T> task = new TaskState<>(work, policy, lane, attempts);
        lane.outstanding++;
        outstanding.add(task);
        putBack(task);
    }

    /** Puts a task back that may go to a worker at once. */
    void putBack(TaskState<T> task) {
        Lane<T> lane = task.lane;
        if (lane.ready.isEmpty()) {
            lane.rotation.addLast(lane);
        }
        lane.ready.addLast(task);
        ready++;
    }

    /** Puts a task back that may go to a worker at {@code dueAt}. */
    void putBack(TaskState<T> task, long dueAt) {
        delayed.add(new Delayed<>(task, dueAt));
    }

    /** Makes the delayed tasks ready whose time has come. */
    void releaseDelayed(long now) {
        while (!delayed.isEmpty() && delayed.peek().dueAt() <= now) {
            putBack(delayed.poll().task());
        }
    }

    /** Takes the next ready task for one of so many workers whose resource has budget, and the token for it. */
    Optional<TaskState<T>> poll(long now, int workers) {
        if (ready >= (long) ENOUGH * workers) {
            return poll(rotation, now).or(() -> poll(expanding, now));
        }
        return poll(expanding, now).or(() -> poll(rotation, now));
    }

    private Optional<TaskState<T>> poll(Deque<Lane<T>> lanesInTurn, long now) {
        for (int left = lanesInTurn.size(); left > 0; left--) {
            Lane<T> lane = lanesInTurn.removeFirst();
            boolean granted = lane.rate.tryTake(now);
            TaskState<T> task = granted ? lane.ready.removeFirst() : null;
            if (!lane.ready.isEmpty()) {
                lanesInTurn.addLast(lane);
            }
            if (granted) {
                ready--;
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    /** Takes a task off the books. */
    void settle(TaskState<T> task) {
        outstanding.remove(task);
        task.lane.outstanding--;
    }

    /** Drops a lane that holds nothing worth remembering, so that lanes do not pile up with buckets listed. */
    void release(Lane<T> lane) {
        if (lane.outstanding == 0
                && !lane.rate.adjusted()
                && plan.quota(lane.resource).isEmpty()) {
            lanes.remove(lane.resource);
        }
    }

    /** Time at which the first lane with a ready task has budget; {@code Long.MAX_VALUE} without such a lane. */
    long availableAt(long now) {
        return Math.min(availableAt(rotation, now), availableAt(expanding, now));
    }

    private static <T> long availableAt(Deque<Lane<T>> lanesInTurn, long now) {
        long earliest = Long.MAX_VALUE;
        for (Lane<T> lane : lanesInTurn) {
            earliest = Math.min(earliest, lane.rate.availableAt(now));
        }
        return earliest;
    }

    /** Time at which the first delayed task is due; {@code Long.MAX_VALUE} without one. */
    long nextDueAt() {
        return delayed.isEmpty() ? Long.MAX_VALUE : delayed.peek().dueAt();
    }

    List<PendingTask<T>> outstanding() {
        return outstanding.stream()
                .map(task -> new PendingTask<>(task.work, task.attempts))
                .toList();
    }

    /** Number of tasks in any state. */
    int size() {
        return outstanding.size();
    }

    boolean isEmpty() {
        return outstanding.isEmpty();
    }

    int ready() {
        return ready;
    }

    int delayed() {
        return delayed.size();
    }
}
