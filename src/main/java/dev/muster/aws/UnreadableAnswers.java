package dev.muster.aws;

import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers that made no sense, by the task that asked. One that was cut short on its way may come whole the next time; one that comes in
 * the same form again and again is what the server means, and is not asked for any longer. Where tasks of the same class
 * were answered before, it must stay so for a while, too: a proxy may answer for a server that is away. Thread-safe.
 *
 * <p>Times are nanoseconds of one monotonic clock.
 *
 * @param <T> a task
 */
public final class UnreadableAnswers<T> {
    /** An answer of the same form for as long is believed. */
    static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final int ENOUGH = 3;

    /** With more such tasks at a time, the first ones are forgotten, and use up their attempts. */
    private static final int MOST_TASKS = 10_000;

    private static final Set<String> CODES = Set.of("MalformedAnswer", "EmptyPage");

    private record Seen(String form, int times, long since) {}

    private final Map<T, Seen> last = BoundedMap.ofAtMost(MOST_TASKS);
    private final Set<Class<?>> answered = ConcurrentHashMap.newKeySet();

    /** The failure as it is to be taken: one that may pass, or one that will not. */
    public Failure judged(T task, Failure failure, Throwable error, long now) {
        if (failure.kind() != Kind.TRANSIENT || !CODES.contains(failure.code())) {
            return failure;
        }
        String form = form(error);
        Seen seen = last.merge(
                task,
                new Seen(form, 1, now),
                (before, first) ->
                        before.form().equals(form) ? new Seen(form, before.times() + 1, before.since()) : first);
        long patience = answered.contains(task.getClass()) ? PATIENCE_NANOS : 0;
        if (seen.times() < ENOUGH || now - seen.since() < patience) {
            return failure;
        }
        last.remove(task);
        return new Failure(Kind.INVALID, failure.code(), failure.message());
    }

    /** A task was done. */
    public void done(T task) {
        answered.add(task.getClass());
        last.remove(task);
    }

    /** The words of the first cause, which say where a document broke off. */
    private static String form(Throwable error) {
        Throwable at = error;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }
}
