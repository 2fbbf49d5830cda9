package dev.muster.cli.live;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.report.live.LiveFigures.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts why tries of a run fail or are slowed down, by class of failure and code. Thread-safe. */
final class CauseCounter {
    /** Codes come from servers: further ones are counted together. */
    private static final int MOST = 50;

    private final Map<String, LongAdder> causes = new ConcurrentHashMap<>();

    /** Wraps an executor to watch its tries. */
    <T, R> Executor<T, R> counting(Executor<T, R> executor) {
        return new Executor<>() {
            @Override
            public CompletableFuture<R> execute(T task) {
                CompletableFuture<R> running = executor.execute(task);
                var unused = running.whenComplete((result, error) -> count(error));
                return running;
            }

            @Override
            public void close() {
                executor.close();
            }
        };
    }

    private void count(Throwable error) {
        if (error == null || Failure.cause(error) instanceof CancellationException) {
            return;
        }
        Failure failure = Failure.of(error);
        String cause = failure.kind() == Failure.Kind.THROTTLED
                ? "throttled: " + failure.code()
                : failure.kind().retriable() ? "failed: " + failure.code() : "";
        if (!cause.isEmpty()) {
            String known = causes.size() < MOST || causes.containsKey(cause) ? cause : "others";
            causes.computeIfAbsent(known, reason -> new LongAdder()).increment();
        }
    }

    /** The causes, the most frequent first. */
    List<Cause> causes() {
        return causes.entrySet().stream()
                .map(cause -> new Cause(cause.getKey(), cause.getValue().sum()))
                .sorted(Comparator.comparingLong(Cause::times).reversed().thenComparing(Cause::reason))
                .toList();
    }
}
