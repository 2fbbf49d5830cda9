package dev.muster.engine;

import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A job that sums the numbers from 1 to n, a number a task, each task naming the next two of a binary tree. */
final class Counting {
    record Work(int number) {}

    record Tally(long sum, long abandoned) {}

    private final int count;
    private final double failureRate;
    private final long seed;
    private Duration timeout = Duration.ofSeconds(5);
    private final Map<Integer, Random> draws = new ConcurrentHashMap<>();

    Counting(int count) {
        this(count, 0, 0);
    }

    /** @param seed says which tries of which task fail, and how, in whatever order tasks are done */
    Counting(int count, double failureRate, long seed) {
        this.count = count;
        this.failureRate = failureRate;
        this.seed = seed;
    }

    /** Gives a task this time instead of five seconds. */
    Counting within(Duration time) {
        timeout = time;
        return this;
    }

    long expectedSum() {
        return (long) count * (count + 1) / 2;
    }

    Job<Work, Integer, Tally> job() {
        return job(this::execute);
    }

    Job<Work, Integer, Tally> job(Executor<Work, Integer> executor) {
        return new Job<>(
                "count", new TreeMap<>(), new Tree(), executor, new Sum(), Output.none(), Work.class, Tally.class);
    }

    private CompletableFuture<Integer> execute(Work work) {
        Random draw = draws.computeIfAbsent(work.number(), number -> new Random(seed ^ number * 0x9E3779B97F4A7C15L));
        // The first task does not fail: a run that has done nothing yet has less patience.
        if (work.number() == 1 || draw.nextDouble() >= failureRate) {
            return CompletableFuture.completedFuture(work.number());
        }
        Failure.Kind kind = draw.nextInt(100) == 0 ? Failure.Kind.DEFECT : Failure.Kind.TRANSIENT;
        return CompletableFuture.failedFuture(new TaskException(new Failure(kind, "Test", "on purpose")));
    }

    private final class Tree implements Plan<Work, Integer, Tally> {
        @Override
        public List<Work> seeds() {
            return List.of(new Work(1));
        }

        @Override
        public Step<Work, Tally> completed(Work task, Integer result, Demand demand) {
            List<Work> next = new java.util.ArrayList<>();
            for (int child = 2 * task.number(); child <= 2 * task.number() + 1 && child <= count; child++) {
                next.add(new Work(child));
            }
            return Step.of(new Tally(result, 0), next);
        }

        @Override
        public Step<Work, Tally> abandoned(Work task, Failure failure) {
            return Step.of(new Tally(0, 1));
        }

        @Override
        public TaskPolicy terms(Work task) {
            return new TaskPolicy("numbers-" + task.number() % 7, timeout, true);
        }
    }

    private static final class Sum implements Summary<Tally> {
        @Override
        public Tally empty() {
            return new Tally(0, 0);
        }

        @Override
        public Tally merge(Tally left, Tally right) {
            return new Tally(left.sum() + right.sum(), left.abandoned() + right.abandoned());
        }

        @Override
        public boolean complete(Tally tally) {
            return tally.abandoned() == 0;
        }
    }
}
