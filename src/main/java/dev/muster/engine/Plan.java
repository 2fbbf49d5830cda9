package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.limit.RateLimiter.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides what a run does next. Plain Java: no actor, no clock, no I/O, so that a simulation can drive it.
 *
 * <p>It is called by one thread at a time. What it remembers are hints only: after a resume a new plan is told of what was
 * found and of the outstanding tasks, and must reach the same totals without the old one's memory.
 *
 * @param <T> a task's work: immutable, and readable by Jackson, as checkpoints hold it
 * @param <R> what executing a task yields
 * @param <P> a partial result, see {@link Summary}
 */
public interface Plan<T, R, P> {
    /** The first tasks of a new run. */
    List<T> seeds();

    /** Tells what earlier parts of a resumed run have found; called before {@link #resumed}, and to be read only. */
    default void restored(P summary) {}

    /** Tells which tasks of a resumed run are outstanding; called instead of {@link #seeds()}. */
    default void resumed(List<T> outstanding) {}

    /** Turns a result into its partial and the tasks that follow from it. Called once for a completed task. */
    Step<T, P> completed(T task, R result, Demand demand);

    /** Says what becomes of a task that is given up; its partial must name the task, so that the report does. */
    Step<T, P> abandoned(T task, Failure failure);

    /**
     * Tells whether a task that has used up its attempts for a reason that may pass is kept for a resumption of the
     * run, beside what {@link #abandoned} says of it. That is asked for at the run's end then, and no tasks may follow
     * from it.
     */
    default boolean keptForResumption(T task) {
        return false;
    }

    /**
     * Tasks that a resumption has to do beside the outstanding ones, as they stand for what this plan alone remembers. Asked
     * for at each checkpoint.
     */
    default List<T> tasksOfMemory() {
        return List.of();
    }

    /** Work that is left, as far as it can be told, for people who watch the run. */
    default List<Outlook> outlook() {
        return List.of();
    }

    /** A task that was begun goes back on the queue, to be done again: how far it came is unknown. */
    default void repeated(T task) {}

    /** The terms under which a task runs. */
    TaskPolicy terms(T task);

    /** Number of requests that a task has made one after the other, as its result tells; rates and durations count them. */
    default int steps(T task, R result) {
        return 1;
    }

    /** The documented request quota of a resource that {@link TaskPolicy#resource()} names; empty where none is known. */
    default Optional<Quota> quota(String resource) {
        return Optional.empty();
    }

    /**
     * Outcome of one task: a partial for the summary and further tasks. The two are taken together (invariant 2).
     */
    record Step<T, P>(Optional<P> partial, List<T> next) {
        public Step {
            requireNonNull(partial, "partial is null");
            next = List.copyOf(next);
        }

        public static <T, P> Step<T, P> of(P partial) {
            return new Step<>(Optional.of(partial), List.of());
        }

        public static <T, P> Step<T, P> of(P partial, List<T> next) {
            return new Step<>(Optional.of(partial), next);
        }

        public static <T, P> Step<T, P> next(List<T> next) {
            return new Step<>(Optional.empty(), next);
        }
    }

    /**
     * Work on one thing that is not done yet.
     *
     * @param group the thing belongs to it
     * @param name of the thing
     * @param done requests that have brought it forward
     * @param left requests that it may still take; empty if nothing is known of it
     */
    record Outlook(String group, String name, long done, OptionalLong left) {}

    /**
     * Demand for work at this moment.
     *
     * @param idleWorkers workers that could get a task soon: idle, among them the one whose outcome is being handled, and
     *     within the number of tasks that may be under way
     * @param queuedTasks tasks ready to be handed out
     * @param slowedDown whether the service of the task's resource has asked for fewer requests
     */
    record Demand(int idleWorkers, int queuedTasks, boolean slowedDown) {
        public Demand(int idleWorkers, int queuedTasks) {
            this(idleWorkers, queuedTasks, false);
        }

        /** Number of tasks beyond those in the queue that could start at once; never negative. */
        public int spare() {
            return Math.max(0, idleWorkers - queuedTasks);
        }
    }

    /**
     * The terms under which a task runs.
     *
     * @param resource names the rate budget that the task draws on, one token a try
     * @param timeout the time after which the worker gives up and the task is put back; positive
     * @param hedge whether a slow task may be started a second time beside the first; only for tasks that change nothing
     * @param expands whether many tasks follow from it: it waits while there is enough to do, so that not all of them are in
     *     memory at once; the same for all tasks of a resource
     * @param steps most requests that the task makes one after the other; positive
     */
    record TaskPolicy(String resource, Duration timeout, boolean hedge, boolean expands, int steps) {
        /** Terms of a task of one request, from which few others follow. */
        public TaskPolicy(String resource, Duration timeout, boolean hedge) {
            this(resource, timeout, hedge, false, 1);
        }

        public TaskPolicy {
            requireNonNull(resource, "resource is null");
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout is not positive: " + timeout);
            }
        }
    }
}
