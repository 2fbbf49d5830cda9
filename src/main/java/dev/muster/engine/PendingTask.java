package dev.muster.engine;

import static java.util.Objects.requireNonNull;

/**
 * A task that has neither been completed nor abandoned.
 *
 * @param attempts how many of its attempts are used up; not negative
 */
public record PendingTask<T>(T work, int attempts) {
    public PendingTask {
        requireNonNull(work, "work is null");
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts is negative: " + attempts);
        }
    }
}
