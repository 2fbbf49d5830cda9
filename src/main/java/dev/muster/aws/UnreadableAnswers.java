package dev.muster.aws;

import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers that made no sense, by the task that asked. One that was cut short on its way may come whole the next time; one that comes in
 * the same form again and again is what the server means, and is not asked for any longer. Thread-safe.
 *
 * @param <T> a task
 */
public final class UnreadableAnswers<T> {
    private static final int ENOUGH = 3;
    private static final Set<String> CODES = Set.of("MalformedAnswer", "EmptyPage");

    private record Seen(String form, int times) {}

    private final Map<T, Seen> last = new ConcurrentHashMap<>();

    /** The failure as it is to be taken: one that may pass, or one that will not. */
    public Failure judged(T task, Failure failure, Throwable error) {
        if (failure.kind() != Kind.TRANSIENT || !CODES.contains(failure.code())) {
            return failure;
        }
        String form = form(error);
        Seen seen = last.merge(
                task,
                new Seen(form, 1),
                (before, now) -> before.form().equals(form) ? new Seen(form, before.times() + 1) : now);
        if (seen.times() < ENOUGH) {
            return failure;
        }
        last.remove(task);
        return new Failure(Kind.INVALID, failure.code(), failure.message());
    }

    /** A task was done. */
    public void done(T task) {
        if (!last.isEmpty()) {
            last.remove(task);
        }
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
