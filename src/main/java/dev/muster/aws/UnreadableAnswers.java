package dev.muster.aws;

import dev.muster.aws.s3.MalformedPageException;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/**
 * Answers that made no sense, by the task that asked. One that was cut short on its way may come whole the next time; one that comes in
 * the same form again and again is what the server means, and is not asked for any longer. Where tasks of the same class
 * were answered before, it must stay so for a while, too. A proxy may answer for a server that is away: what is no answer of
 * the service at all may pass, however long it comes, once the service has been heard. Thread-safe.
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
        Throwable first = firstCause(error);
        if (isForeign(first) && !answered.isEmpty()) {
            return failure;
        }
        String form = String.valueOf(first.getMessage());
        Seen seen = last.merge(
                task,
                new Seen(form, 1, now),
                (before, latest) ->
                        before.form().equals(form) ? new Seen(form, before.times() + 1, before.since()) : latest);
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

    /** Its words say where a document broke off. */
    private static Throwable firstCause(Throwable error) {
        Throwable at = error;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    /** A page of HTML or nothing, where XML or JSON was expected. */
    private static boolean isForeign(Throwable error) {
        return (error instanceof MalformedPageException page && page.isForeign())
                || (error instanceof JsonProcessingException json
                        && json.getOriginalMessage().startsWith("Unexpected character ('<'"));
    }
}
