package dev.muster.engine;

import dev.muster.engine.TaskQueue.Lane;
import dev.muster.engine.TaskQueue.TaskState;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Hedger;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * The leases in force. Their numbers only ever grow, from epoch to epoch too, so that no late outcome fits a new one.
 *
 * <p>It also finds the task to be started a second time, in O(log lanes): the tasks of a lane have the same percentile to
 * exceed, so the oldest lease of each lane is its first straggler, and lanes are ordered by when that one is due. An
 * attempt is hedged once: with another twin for each one that hangs, a task would never use an attempt up (invariant 3).
 */
final class LeaseTable<T> {
    /** The right and duty of one worker to do one task until a deadline; times in nanoseconds. */
    record Lease<T>(long id, TaskState<T> task, WorkerId worker, long startedAt, long deadline) {}

    private static final int BITS_WITHIN_EPOCH = 40;

    private final Hedger hedger;
    private final Map<Long, Lease<T>> active = new LinkedHashMap<>();
    private final PriorityQueue<Lease<T>> byDeadline =
            new PriorityQueue<>((a, b) -> Long.compare(a.deadline(), b.deadline()));
    private final TreeSet<Lane<T>> hedgeable = new TreeSet<>(
            Comparator.<Lane<T>>comparingLong(lane -> lane.hedgeAt).thenComparing(lane -> lane.resource));
    private long lastId;

    LeaseTable(long epoch, Hedger hedger) {
        this.lastId = epoch << BITS_WITHIN_EPOCH;
        this.hedger = hedger;
    }

    /** Leases a task, for the first time or beside the lease that it has. */
    Lease<T> grant(TaskState<T> task, WorkerId worker, long now, long marginNanos) {
        long deadline = now + task.timeout().toNanos() + marginNanos;
        Lease<T> lease = new Lease<>(++lastId, task, worker, now, deadline);
        active.put(lease.id(), lease);
        byDeadline.add(lease);
        if (task.lease != null) {
            task.twin = lease;
            removeHedgeable(task.lease);
        } else {
            task.lease = lease;
            if (task.policy.hedge()) {
                task.lane.hedgeable.put(lease.id(), lease);
                reorder(task.lane);
            }
        }
        return lease;
    }

    /** Ends a lease; empty if it is over already. Where its task has a twin, that becomes the task's only lease. */
    Optional<Lease<T>> end(long id) {
        Lease<T> lease = active.remove(id);
        if (lease == null) {
            return Optional.empty();
        }
        TaskState<T> task = lease.task();
        if (task.lease.id() == id) {
            task.lease = task.twin;
        }
        task.twin = null;
        removeHedgeable(lease);
        return Optional.of(lease);
    }

    Optional<Lease<T>> find(long id) {
        return Optional.ofNullable(active.get(id));
    }

    Collection<Lease<T>> active() {
        return active.values();
    }

    /** A lease past its deadline, if there is one. */
    Optional<Lease<T>> expired(long now) {
        return nextDeadline() <= now ? Optional.of(byDeadline.peek()) : Optional.empty();
    }

    /** The first deadline; {@code Long.MAX_VALUE} without leases. */
    long nextDeadline() {
        while (!byDeadline.isEmpty() && !active.containsKey(byDeadline.peek().id())) {
            byDeadline.poll();
        }
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.peek().deadline();
    }

    /** Learns from a lease that has ended with a result, and from how long each step of it took. */
    void completed(Lease<T> lease, long nanosOfAStep) {
        Lane<T> lane = lease.task().lane;
        lane.times.add(nanosOfAStep);
        hedger.completed();
        reorder(lane);
    }

    /** Takes the straggler to be started a second time, if one is due and its lane has budget, and the token for it. */
    Optional<TaskState<T>> straggler(long now) {
        while (nextHedgeAt() <= now) {
            Lane<T> lane = hedgeable.first();
            if (lane.rate.tryTake(now)) {
                hedger.hedged();
                return Optional.of(oldest(lane).task());
            }
            move(lane, lane.rate.availableAt(now));
        }
        return Optional.empty();
    }

    /** Time at which the first straggler may be hedged, as far as is known; {@code Long.MAX_VALUE} if none will be. */
    long nextHedgeAt() {
        return hedger.allowed() && !hedgeable.isEmpty() ? hedgeable.first().hedgeAt : Long.MAX_VALUE;
    }

    private void removeHedgeable(Lease<T> lease) {
        Lane<T> lane = lease.task().lane;
        boolean first = !lane.hedgeable.isEmpty() && oldest(lane).id() == lease.id();
        lane.hedgeable.remove(lease.id());
        if (first) {
            reorder(lane);
        }
    }

    /** Puts a lane in its place by when its oldest lease is due. */
    private void reorder(Lane<T> lane) {
        if (lane.hedgeable.isEmpty()) {
            move(lane, Long.MAX_VALUE);
        } else {
            Lease<T> first = oldest(lane);
            move(
                    lane,
                    hedger.dueAt(
                            first.startedAt(), lane.times, first.task().policy.steps()));
        }
    }

    private void move(Lane<T> lane, long hedgeAt) {
        hedgeable.remove(lane);
        lane.hedgeAt = hedgeAt;
        if (hedgeAt != Long.MAX_VALUE) {
            hedgeable.add(lane);
        }
    }

    private static <T> Lease<T> oldest(Lane<T> lane) {
        return lane.hedgeable.values().iterator().next();
    }
}
