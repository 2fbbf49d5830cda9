package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that the engine needs to run a job.
 *
 * @param name the command, such as {@code audit}
 * @param arguments options that the totals depend on; a checkpoint of other arguments is refused
 * @param taskType type that the tasks in a checkpoint are read as
 * @param partialType type that the summary in a checkpoint is read as
 */
public record Job<T, R, P>(
        String name,
        SortedMap<String, String> arguments,
        Plan<T, R, P> plan,
        Executor<T, R> executor,
        Summary<P> summary,
        Output<P> output,
        Class<T> taskType,
        Class<P> partialType) {
    public Job {
        requireNonNull(name, "name is null");
        arguments = new TreeMap<>(arguments);
        requireNonNull(plan, "plan is null");
        requireNonNull(executor, "executor is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(output, "output is null");
        requireNonNull(taskType, "taskType is null");
        requireNonNull(partialType, "partialType is null");
    }

    /** The same job by another executor. */
    public Job<T, R, P> with(Executor<T, R> other) {
        return new Job<>(name, arguments, plan, other, summary, output, taskType, partialType);
    }
}
