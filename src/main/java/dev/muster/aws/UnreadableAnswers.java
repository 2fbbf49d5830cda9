package dev.muster.aws;

import dev.muster.aws.s3.MalformedPageException;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/**
 * Unintelligible answers, by the task that received them. An answer that was cut short in transit may arrive complete
 * the next time; one that keeps coming in the same form is what the server means, and is not requested again. If tasks
 * of the same class were answered before, it must also stay the same for a while. A proxy may answer for a server that
 * is away: once the service has answered, a foreign answer, such as a refusal in HTML, may pass however long it keeps
 * coming, unless other tasks are answered meanwhile. Thread-safe.
 *
 * <p>Times are nanoseconds of one monotonic clock.
 *
 * @param <T> a task
 */
public final class UnreadableAnswers<T> {
    /** An answer that keeps the same form for this long is believed. */
    static final long PATIENCE_NANOS = 20_000_000_000L;

    /** So long after its last answer the service counts as heard. */
    private static final long RECENT_NANOS = PATIENCE_NANOS / 2;

    private static final int ENOUGH = 3;

    /** When there are more such tasks than this at a time, the oldest are forgotten and use up their attempts. */
    private static final int MOST_TASKS = 10_000;

    private static final Set<String> CODES = Set.of("MalformedAnswer", "EmptyPage", ErrorClassifier.OTHER_LISTING);

    private record Seen(String form, int times, long since) {
        private Seen again() {
            return new Seen(form, times + 1, since);
        }
    }

    private final Map<T, Seen> last = BoundedMap.ofAtMost(MOST_TASKS);
    private final Set<Class<?>> answered = ConcurrentHashMap.newKeySet();
    private volatile long lastAnswer;

    /** Judges a failure: returns one that may pass, or one that will not. */
    public Failure judged(T task, Failure failure, Throwable error, long now) {
        boolean refusal = !failure.kind().retriable() && isForeignRefusal(error);
        if (refusal && answered.isEmpty()) {
            return failure;
        } else if (!refusal && (failure.kind() != Kind.TRANSIENT || !CODES.contains(failure.code()))) {
            return failure;
        }
        Failure passing = refusal ? new Failure(Kind.TRANSIENT, failure.code(), failure.message()) : failure;
        Throwable first = firstCause(error);
        String form = String.valueOf(first.getMessage());
        Seen seen = last.merge(
                task, new Seen(form, 1, now), (before, latest) -> before.form().equals(form) ? before.again() : latest);
        boolean foreign = refusal || isForeign(first);
        if (foreign && !answered.isEmpty() && now - lastAnswer > RECENT_NANOS) {
            return passing;
        }
        boolean heard = foreign ? !answered.isEmpty() : answered.contains(task.getClass());
        if (seen.times() < ENOUGH || now - seen.since() < (heard ? PATIENCE_NANOS : 0)) {
            return passing;
        }
        last.remove(task);
        return refusal ? failure : new Failure(Kind.INVALID, failure.code(), failure.message());
    }

    /** A task was done. */
    public void done(T task, long now) {
        answered.add(task.getClass());
        lastAnswer = now;
        last.remove(task);
    }

    /** The first cause, whose message says where a document broke off. */
    private static Throwable firstCause(Throwable error) {
        Throwable at = error;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    private static boolean isForeignRefusal(Throwable error) {
        return Failure.cause(error) instanceof AwsServiceException service && ServiceErrorClassifier.isForeign(service);
    }

    /** Tells whether HTML or nothing came where XML or JSON was expected. */
    private static boolean isForeign(Throwable error) {
        return (error instanceof MalformedPageException page && page.isForeign())
                || (error instanceof JsonProcessingException json
                        && json.getOriginalMessage().startsWith("Unexpected character ('<'"));
    }
}
