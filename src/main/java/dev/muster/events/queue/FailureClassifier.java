package dev.muster.events.queue;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;

/** Says of an error which class of failure it is. */
@FunctionalInterface
public interface FailureClassifier {
    /**
     * Classifies an error.
     *
     * @param attempted what was attempted, on what: {@code read s3://logs/a}
     */
    Failure classify(Throwable error, String attempted);

    default TaskException exception(Throwable error, String attempted) {
        return new TaskException(classify(error, attempted), error);
    }
}
