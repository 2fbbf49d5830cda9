package dev.muster.engine;

import static java.util.Objects.requireNonNull;

/** Reason for the end of a run. */
public sealed interface RunEnd {
    /** No task is left to do; some may have been abandoned, or kept in the checkpoint for a resumption. */
    record Complete() implements RunEnd {}

    /** Stopped on request; the outstanding tasks are in the checkpoint. */
    record Interrupted() implements RunEnd {}

    /** Could not go on; the outstanding tasks are in the checkpoint. */
    record Halted(Failure failure) implements RunEnd {
        public Halted {
            requireNonNull(failure, "failure is null");
        }
    }
}
