package dev.muster.cli.run;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Says what a run waits for: a failure that one task meets for seconds on end, once for each cause and not for each task,
 * and that it works again; and answers that do not come. Watches only; thread-safe.
 */
final class OutageReporter<T, R> implements Executor<T, R> {
    /** Longer than a failure that passes, and than most answers take. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String REASON = " failed: ";

    private record Failing(String cause, String message, long since) {}

    private final Executor<T, R> executor;
    private final Function<T, String> words;
    private final Consumer<String> say;
    private final LongSupplier nanoTime;
    private final Map<T, Failing> failing = new ConcurrentHashMap<>();
    private final Set<String> told = new HashSet<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile T latest;
    private volatile long lastHeard;
    private volatile boolean silenceTold;

    /**
     * @param words a task as a message names it: {@code list the keys of bucket logs}
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    OutageReporter(Executor<T, R> executor, Function<T, String> words, Consumer<String> say, LongSupplier nanoTime) {
        this.executor = executor;
        this.words = words;
        this.say = say;
        this.nanoTime = nanoTime;
        this.lastHeard = nanoTime.getAsLong();
    }

    @Override
    public CompletableFuture<R> execute(T task) {
        if (underWay.getAndIncrement() == 0) {
            heard();
        }
        latest = task;
        CompletableFuture<R> answer = executor.execute(task);
        var unused = answer.whenComplete((result, error) -> ended(task, error));
        return answer;
    }

    /** Has time pass; to be called about once a second. */
    void tick() {
        if (underWay.get() > 0 && !silenceTold && nanoTime.getAsLong() - lastHeard >= PATIENCE.toNanos()) {
            silenceTold = true;
            say.accept("still waiting for an answer: " + words.apply(latest));
        }
    }

    private void ended(T task, Throwable error) {
        underWay.decrementAndGet();
        heard();
        if (error == null) {
            if (!failing.isEmpty()) {
                works(failing.remove(task));
            }
            return;
        }
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof TaskException failed && failed.failure().kind() == Failure.Kind.TRANSIENT) {
            fails(task, failed.failure());
        } else {
            failing.remove(task);
        }
    }

    private void heard() {
        lastHeard = nanoTime.getAsLong();
        silenceTold = false;
    }

    private void fails(T task, Failure failure) {
        long now = nanoTime.getAsLong();
        String message = failure.message();
        int reason = message.indexOf(REASON);
        String cause = failure.code() + (reason < 0 ? message : message.substring(reason));
        Failing last = failing.merge(
                task,
                new Failing(cause, message, now),
                (before, latestOne) -> before.cause().equals(cause) ? before : latestOne);
        if (now - last.since() >= PATIENCE.toNanos() && firstOf(cause)) {
            say.accept(message + "; it is tried again");
        }
    }

    private void works(Failing before) {
        if (before != null && forget(before.cause())) {
            int reason = before.message().indexOf(REASON);
            String task = reason < 0 ? before.message() : before.message().substring(0, reason);
            say.accept("it works again: " + task);
        }
    }

    private boolean firstOf(String cause) {
        synchronized (told) {
            return told.add(cause);
        }
    }

    private boolean forget(String cause) {
        synchronized (told) {
            return told.remove(cause);
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
