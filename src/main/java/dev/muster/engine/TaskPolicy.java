package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The terms under which a task runs.
 *
 * @param resource names the rate budget that the task draws on, one token a try
 * @param timeout the time after which the worker gives up and the task is put back; positive
 * @param hedge whether a slow task may be started a second time beside the first; only for tasks that change nothing
 */
public record TaskPolicy(String resource, Duration timeout, boolean hedge) {
    public TaskPolicy {
        requireNonNull(resource, "resource is null");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is not positive: " + timeout);
        }
    }
}
