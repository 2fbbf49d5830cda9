package dev.muster.engine;

import static java.util.Objects.requireNonNull;

/** Carries a classified {@link Failure} out of an {@link Executor}. */
public final class TaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public TaskException(Failure failure) {
        this(failure, null);
    }

    public TaskException(Failure failure, Throwable cause) {
        super(requireNonNull(failure, "failure is null").toString(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
