package dev.muster.cluster.metrics;

import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Metrics of a node. {@code muster_task_seconds} times the tries of this node's workers by job and outcome, which is
 * {@code completed}, {@code cancelled} if another try of the same task was first or the run ended, or the class of the
 * failure; the runs that this node coordinates are in {@link RunGauges}. Thread-safe.
 */
public final class NodeMetrics {
    private static final double[] QUANTILES = {0.5, 0.9, 0.99};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RunGauges runs = new RunGauges(registry);

    public RunGauges runs() {
        return runs;
    }

    /** Wraps an executor to time its tasks. */
    public <T, R> Executor<T, R> timed(String job, Executor<T, R> executor) {
        return new Executor<>() {
            @Override
            public CompletableFuture<R> execute(T task) {
                Timer.Sample sample = Timer.start(registry);
                CompletableFuture<R> running = executor.execute(task);
                var unused = running.whenComplete((result, error) -> sample.stop(timer(job, outcome(error))));
                return running;
            }

            @Override
            public void close() {
                executor.close();
            }
        };
    }

    private Timer timer(String job, String outcome) {
        return Timer.builder("muster.task")
                .description("tries of this node's workers")
                .tag("job", job)
                .tag("outcome", outcome)
                .publishPercentiles(QUANTILES)
                .register(registry);
    }

    private static String outcome(Throwable error) {
        if (error == null) {
            return "completed";
        }
        return error instanceof CancellationException
                ? "cancelled"
                : Failure.of(error).kind().name().toLowerCase(Locale.ROOT);
    }

    /** All metrics in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }
}
