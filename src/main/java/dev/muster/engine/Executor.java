package dev.muster.engine;

import java.util.concurrent.CompletableFuture;

/**
 * Does a task's I/O. It is shared by all workers of a node, must not block the caller, and never retries
 * (invariant 3).
 */
public interface Executor<T, R> extends AutoCloseable {
    /**
     * Starts a task. The future fails with a {@link TaskException} that carries the class of the failure; any other
     * exception counts as {@link Failure.Kind#DEFECT}. Cancelling the future should end the request behind it.
     */
    CompletableFuture<R> execute(T task);

    @Override
    default void close() {}
}
