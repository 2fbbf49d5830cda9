package dev.muster.events.queue;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;

/** Classifies errors. */
@FunctionalInterface
public interface FailureClassifier {
    /**
     * Classifies an error.
     *
     * @param attempted what was attempted, on what: {@code read s3://logs/a}
     */
    Failure classify(Throwable error, String attempted);

    /**
     * The same, with what to do if access was denied.
     *
     * @param permission the action to allow, on what: {@code s3:GetObject on logs/a}
     */
    default Failure classify(Throwable error, String attempted, String permission) {
        Failure failure = classify(error, attempted);
        return failure.kind() == Failure.Kind.DENIED
                ? new Failure(failure.kind(), failure.code(), failure.message() + "; allow " + permission)
                : failure;
    }

    default TaskException exception(Throwable error, String attempted) {
        return new TaskException(classify(error, attempted), error);
    }
}
