package dev.muster.cli.run;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.OutageLog;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Reports what a run waits for: outages, see {@link OutageLog}, and missing answers. It only observes. Thread-safe. */
final class OutageReporter<T, R> implements Executor<T, R> {
    private final Executor<T, R> executor;
    private final Function<T, String> words;
    private final Consumer<String> say;
    private final LongSupplier nanoTime;
    private final OutageLog<T> outages;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile T latest;
    private volatile long lastHeard;
    private volatile boolean silenceTold;

    /**
     * @param words description of a task for messages: {@code list the keys of bucket logs}
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    OutageReporter(Executor<T, R> executor, Function<T, String> words, Consumer<String> say, LongSupplier nanoTime) {
        this.executor = executor;
        this.words = words;
        this.say = say;
        this.nanoTime = nanoTime;
        this.outages = new OutageLog<>(nanoTime);
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

    /** Checks the time; must be called about once a second. */
    void tick() {
        if (underWay.get() > 0 && !silenceTold && nanoTime.getAsLong() - lastHeard >= OutageLog.PATIENCE.toNanos()) {
            silenceTold = true;
            say.accept("still waiting for an answer: " + words.apply(latest));
        }
    }

    private void ended(T task, Throwable error) {
        underWay.decrementAndGet();
        heard();
        Optional<String> news = error == null ? outages.worked(task) : outages.failed(task, Failure.of(error));
        news.ifPresent(say);
    }

    private void heard() {
        lastHeard = nanoTime.getAsLong();
        silenceTold = false;
    }

    @Override
    public void close() {
        executor.close();
    }
}
