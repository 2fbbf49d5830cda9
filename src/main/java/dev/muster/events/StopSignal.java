package dev.muster.events;

import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.Interrupted;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A request to stop: waits end soon, and writes have a limited time. */
final class StopSignal {
    /** Time for a receive that is about to be answered; one that waits on an empty queue is cut off. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final class Limit {
        private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
        private volatile boolean over;

        void over() {
            over = true;
            ends.forEach(Runnable::run);
        }

        void watch(CompletableFuture<?> work, Runnable end) {
            ends.add(end);
            CompletableFuture<?> unused = work.whenComplete((done, error) -> ends.remove(end));
            if (over) {
                end.run();
            }
        }
    }

    private final Limit waits = new Limit();
    private final Limit writes = new Limit();
    private volatile boolean stopped;

    boolean stopped() {
        return stopped;
    }

    /** Requests the stop. Harmless when repeated; the shortest time counts. */
    void stop(Duration time) {
        stopped = true;
        after(GRACE).execute(waits::over);
        after(time).execute(writes::over);
    }

    private static Executor after(Duration delay) {
        return CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A wait that is cut off when the grace after a stop is over, with this outcome. */
    <T> CompletableFuture<T> endsEarly(CompletableFuture<T> wait, T outcome) {
        CompletableFuture<T> result = wait.copy();
        waits.watch(result, () -> {
            if (result.complete(outcome)) {
                wait.cancel(true);
            }
        });
        return result;
    }

    /** A write that counts as interrupted when the time after a stop is over. */
    <T> CompletableFuture<T> limited(CompletableFuture<T> write) {
        CompletableFuture<T> result = write.copy();
        writes.watch(result, () -> result.completeExceptionally(new TaskException(Interrupted.FAILURE)));
        return result;
    }
}
