package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Why a task failed.
 *
 * @param kind decides what the coordinator does
 * @param code a short stable name, such as the service's error code: {@code AccessDenied}
 * @param message one line for people; no secrets, no personal data
 * @param retryAfterMillis the time after which the service wants to be asked again; 0 if it does not say
 */
public record Failure(Kind kind, String code, String message, long retryAfterMillis) {
    /** Classes of failure, each with its own treatment. */
    public enum Kind {
        /** The service asks for fewer requests: its budget slows down and the task goes back; costs no attempt, for an hour. */
        THROTTLED,
        /** May pass by itself: the task goes back after a backoff; costs an attempt. */
        TRANSIENT,
        /** Not permitted: recorded, not retried. */
        DENIED,
        /** The task's subject does not exist (any more): recorded, not retried. */
        GONE,
        /** The service cannot make sense of the request, or we of its answer: recorded, not retried. */
        INVALID,
        /** A bug of ours, or a broken worker: the worker restarts; costs an attempt. */
        DEFECT,
        /**
         * The worker's node can do no task at all (no usable credentials, say): the task goes back at no cost, and the
         * node gets no more. Without a fit node a local run stops, keeps its checkpoint, and names this failure; one on a
         * cluster names it and waits for a node that is fit.
         */
        UNFIT;

        /** True if the task may be tried again. */
        public boolean retriable() {
            return this == THROTTLED || this == TRANSIENT || this == DEFECT || this == UNFIT;
        }

        /** True if the failure uses up one of the task's attempts. */
        public boolean costsAttempt() {
            return this == TRANSIENT || this == DEFECT;
        }
    }

    /** A failure that says nothing of when to try again. */
    public Failure(Kind kind, String code, String message) {
        this(kind, code, message, 0);
    }

    public Failure {
        requireNonNull(kind, "kind is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }

    /** The error that a future ended with, without the exceptions that futures wrap it in. */
    public static Throwable cause(Throwable error) {
        Throwable at = error;
        while ((at instanceof CompletionException || at instanceof ExecutionException) && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    /** The failure that a future ended with: that of a {@link TaskException}, wrapped or not; a defect for any other error. */
    public static Failure of(Throwable error) {
        Throwable cause = cause(error);
        return cause instanceof TaskException classified
                ? classified.failure()
                : new Failure(Kind.DEFECT, cause.getClass().getSimpleName(), String.valueOf(cause.getMessage()));
    }

    @Override
    public String toString() {
        return code + ": " + message;
    }
}
