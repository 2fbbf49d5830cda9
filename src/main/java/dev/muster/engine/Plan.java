package dev.muster.engine;

import dev.muster.engine.limit.Quota;
import java.util.List;
import java.util.Optional;

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

    /** Tells of the outstanding tasks of a resumed run; called instead of {@link #seeds()}. */
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

    /** A task that was begun goes back on the queue, to be done again: how far it came is unknown. */
    default void repeated(T task) {}

    /** The terms under which a task runs. */
    TaskPolicy terms(T task);

    /** The documented request quota of a resource that {@link TaskPolicy#resource()} names; empty where none is known. */
    default Optional<Quota> quota(String resource) {
        return Optional.empty();
    }
}
