package dev.muster.engine;

import dev.muster.engine.RunResult.RunEnd;
import java.time.Duration;
import java.util.List;

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
