package dev.muster.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tells of failures that one task meets for seconds on end: once for each cause and not for each task, and when it is over.
 * Thread-safe.
 *
 * @param <T> a task
 */
public final class OutageLog<T> {
    /** Longer than a failure that passes. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String REASON = " failed: ";

    private record Failing(String cause, String message, long since) {}

    private final LongSupplier nanoTime;
    private final Map<T, Failing> failing = new ConcurrentHashMap<>();
    private final Set<String> told = new HashSet<>();

    /**
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public OutageLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes note of a failed task; returns what is to be said of it. */
    public Optional<String> failed(T task, Failure failure) {
        if (failure.kind() != Failure.Kind.TRANSIENT) {
            failing.remove(task);
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        String message = failure.message();
        int reason = message.indexOf(REASON);
        String cause = failure.code() + (reason < 0 ? message : message.substring(reason));
        Failing last = failing.merge(
                task,
                new Failing(cause, message, now),
                (before, latest) -> before.cause().equals(cause) ? before : latest);
        boolean news = now - last.since() >= PATIENCE.toNanos() && tell(cause);
        return news ? Optional.of(message + "; it is tried again") : Optional.empty();
    }

    /** Takes note of a task that was done; returns what is to be said of it. */
    public Optional<String> worked(T task) {
        Failing before = failing.isEmpty() ? null : failing.remove(task);
        if (before == null || !forget(before.cause())) {
            return Optional.empty();
        }
        int reason = before.message().indexOf(REASON);
        String attempted = reason < 0 ? before.message() : before.message().substring(0, reason);
        return Optional.of("it works again: " + attempted);
    }

    private boolean tell(String cause) {
        synchronized (told) {
            return told.add(cause);
        }
    }

    private boolean forget(String cause) {
        synchronized (told) {
            return told.remove(cause);
        }
    }
}
