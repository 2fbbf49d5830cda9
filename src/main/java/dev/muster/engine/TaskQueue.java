package dev.muster.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Every task of a run that is neither completed nor abandoned: queued, waiting for its next attempt, or with a worker. A
 * task leaves it by {@link #settle} alone (invariant 1).
 */
final class TaskQueue<T> {
    private record Delayed<T>(TaskState<T> entry, long dueAt) {}

    private final Plan<T, ?, ?> plan;
    private final Lanes<T> lanes;
    private final Set<TaskState<T>> outstanding = new LinkedHashSet<>();
    private final PriorityQueue<Delayed<T>> delayed = new PriorityQueue<>((a, b) -> Long.compare(a.dueAt(), b.dueAt()));

    TaskQueue(Plan<T, ?, ?> plan) {
        this.plan = plan;
        this.lanes = new Lanes<>(plan::quota);
    }

    void add(T work, int attempts, long now) {
        TaskPolicy terms = plan.terms(work);
        Lane<T> lane = lanes.lane(terms.resource(), now);
        TaskState<T> entry = new TaskState<>(work, terms, lane, attempts);
        lane.outstanding++;
        outstanding.add(entry);
        lanes.add(entry);
    }

    /** Puts a task back that may go to a worker at once. */
    void putBack(TaskState<T> entry) {
        lanes.add(entry);
    }

    /** Puts a task back that may go to a worker at {@code dueAt}. */
    void putBack(TaskState<T> entry, long dueAt) {
        delayed.add(new Delayed<>(entry, dueAt));
    }

    /** Queues the delayed tasks whose time has come. */
    void releaseDelayed(long now) {
        while (!delayed.isEmpty() && delayed.peek().dueAt() <= now) {
            lanes.add(delayed.poll().entry());
        }
    }

    /** Takes the next queued task whose resource has budget, and the token for it. */
    Optional<TaskState<T>> poll(long now) {
        return lanes.poll(now);
    }

    /** Takes a task off the books. */
    void settle(TaskState<T> entry) {
        outstanding.remove(entry);
        entry.lane.outstanding--;
    }

    /** Forgets a settled task's lane if nothing else is in it. */
    void release(Lane<T> lane) {
        lanes.release(lane);
    }

    /** When the first queued task has budget; {@code Long.MAX_VALUE} without a queued task. */
    long availableAt(long now) {
        return lanes.availableAt(now);
    }

    /** When the first delayed task is due; {@code Long.MAX_VALUE} without one. */
    long nextDueAt() {
        return delayed.isEmpty() ? Long.MAX_VALUE : delayed.peek().dueAt();
    }

    List<PendingTask<T>> outstanding() {
        return outstanding.stream()
                .map(entry -> new PendingTask<>(entry.work, entry.attempts))
                .toList();
    }

    boolean isEmpty() {
        return outstanding.isEmpty();
    }

    int queued() {
        return lanes.size();
    }

    int delayed() {
        return delayed.size();
    }
}
