package dev.muster.cluster.metrics;

import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The runs that this node coordinates: {@code muster_run_tasks} by state, {@code muster_run_tries} by outcome, {@code
 * muster_run_counts} by the job's own counts such as objects and bytes, {@code muster_run_workers}, and {@code
 * muster_run_checkpoint_age_seconds}. All but the age belong to the same instant. Thread-safe.
 */
public final class RunGauges {
    private record Standing(String job, Progress progress, Supplier<Instant> savedAt) {
        /** Age at the time of the scrape, as a run that is writing or has broken reports nothing new. */
        double age() {
            return Duration.between(savedAt.get(), Instant.now()).toMillis() / 1000.0;
        }
    }

    private final MultiGauge tasks;
    private final MultiGauge tries;
    private final MultiGauge counts;
    private final MultiGauge workers;
    private final MultiGauge age;
    private final Map<String, Standing> runs = new TreeMap<>();

    RunGauges(MeterRegistry registry) {
        tasks = progressLine(registry, "muster.run.tasks", "tasks of a run by state");
        tries = progressLine(registry, "muster.run.tries", "tries of a run by what became of them");
        counts = progressLine(registry, "muster.run.counts", "what the job itself counts");
        workers = progressLine(registry, "muster.run.workers", "workers known to the coordinator");
        age = progressLine(registry, "muster.run.checkpoint.age.seconds", "age of the newest checkpoint");
    }

    private static MultiGauge progressLine(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Takes the state of a run; {@code savedAt} returns at any time when its newest checkpoint was written. */
    public synchronized void seen(String run, String job, Progress progress, Supplier<Instant> savedAt) {
        runs.put(run, new Standing(job, progress, savedAt));
        publish();
    }

    /** Removes a run that has ended or is no longer this node's. */
    public synchronized void gone(String run) {
        runs.remove(run);
        publish();
    }

    private void publish() {
        List<Row<?>> byState = new ArrayList<>();
        List<Row<?>> byResult = new ArrayList<>();
        List<Row<?>> byName = new ArrayList<>();
        List<Row<?>> byCrew = new ArrayList<>();
        List<Row<?>> ages = new ArrayList<>();
        runs.forEach((run, standing) -> {
            Tags tags = Tags.of("run", run, "job", standing.job());
            Stats stats = standing.progress().stats();
            states(stats).forEach((state, number) -> byState.add(Row.of(tags.and("state", state), number)));
            results(stats).forEach((result, number) -> byResult.add(Row.of(tags.and("result", result), number)));
            standing.progress().counts().forEach((name, number) -> byName.add(Row.of(tags.and("count", name), number)));
            byCrew.add(Row.of(tags, stats.workers()));
            ages.add(Row.of(tags, standing, Standing::age));
        });
        tasks.register(byState, true);
        tries.register(byResult, true);
        counts.register(byName, true);
        workers.register(byCrew, true);
        age.register(ages, true);
    }

    private static Map<String, Long> states(Stats stats) {
        return Map.of(
                "queued", (long) stats.queued(),
                "delayed", (long) stats.delayed(),
                "leased", (long) stats.leased(),
                "completed", stats.completed(),
                "abandoned", stats.abandoned());
    }

    private static Map<String, Long> results(Stats stats) {
        return Map.of(
                "all", stats.tries(),
                "throttled", stats.throttled(),
                "failed", stats.failed(),
                "hedged", stats.hedged(),
                "late", stats.late());
    }
}
