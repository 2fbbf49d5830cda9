package dev.muster.cluster;

import dev.muster.cluster.JobType.JobTypeRegistry;
import dev.muster.cluster.JobType.RunPlace;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.engine.Plan;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Summary;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A job for the tests: sums the numbers from 1 to n, a number a task, each task naming the next two of a binary tree. */
final class ToyJob implements JobType<ToyJob.Work, ToyJob.Outcome, ToyJob.Tally> {
    record Work(int number) {}

    record Outcome(int number, String node) {}

    /** How often each number was merged is seen from the two sums together. */
    record Tally(long count, long sum, long squares, SortedMap<String, Integer> nodes) {}

    /** Code of a failure after which a task that was given up comes again. */
    static final String PASSING = "Passing";

    private final String node;
    private final boolean fit;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private Optional<ShardedActorType<?, ?, ?>> shardedActors = Optional.empty();
    private Runnable beforeNonsense = () -> {};
    private Optional<RuntimeException> nextFailure = Optional.empty();

    ToyJob(String node) {
        this(node, true);
    }

    /** A node that is not fit has no credentials, as it were. */
    ToyJob(String node, boolean fit) {
        this.node = node;
        this.fit = fit;
    }

    ToyJob with(ShardedActorType<?, ?, ?> type) {
        shardedActors = Optional.of(type);
        return this;
    }

    /** Does something before it finds that a run's arguments make no sense. */
    ToyJob beforeNonsense(Runnable action) {
        beforeNonsense = action;
        return this;
    }

    /** Fails once to make the job. */
    void failNext(RuntimeException failure) {
        nextFailure = Optional.of(failure);
    }

    @Override
    public Optional<ShardedActorType<?, ?, ?>> shardedActors() {
        return shardedActors;
    }

    static SortedMap<String, String> arguments(int count, int millis) {
        return new TreeMap<>(Map.of("count", Integer.toString(count), "millis", Integer.toString(millis)));
    }

    static long sum(long count) {
        return count * (count + 1) / 2;
    }

    static long squares(long count) {
        return count * (count + 1) * (2 * count + 1) / 6;
    }

    /** Tasks that this node's executors were given. */
    int begun() {
        return begun.get();
    }

    /** Executors that are not closed. */
    int open() {
        return open.get();
    }

    JobTypeRegistry types() {
        return new JobTypeRegistry(List.of(this));
    }

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public Class<Outcome> resultType() {
        return Outcome.class;
    }

    @Override
    public Job<Work, Outcome, Tally> create(SortedMap<String, String> arguments, RunPlace place) {
        if (nextFailure.isPresent()) {
            RuntimeException failure = nextFailure.get();
            nextFailure = Optional.empty();
            throw failure;
        }
        int count = number(arguments.get("count"));
        int millis = Integer.parseInt(arguments.get("millis"));
        open.incrementAndGet();
        Executor<Work, Outcome> executor = new Executor<>() {
            @Override
            public CompletableFuture<Outcome> execute(Work work) {
                return ToyJob.this.execute(work, millis);
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
        return new Job<>(
                name(), arguments, new Tree(count), executor, new Sum(count), Output.none(), Work.class, Tally.class);
    }

    private int number(String count) {
        try {
            return Integer.parseInt(count);
        } catch (NumberFormatException e) {
            beforeNonsense.run();
            throw e;
        }
    }

    private CompletableFuture<Outcome> execute(Work work, int millis) {
        begun.incrementAndGet();
        if (!fit) {
            return CompletableFuture.failedFuture(
                    new TaskException(new Failure(Failure.Kind.UNFIT, "NoCredentials", "no credentials on " + node)));
        }
        return CompletableFuture.supplyAsync(
                () -> new Outcome(work.number(), node),
                CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    private record Tree(int count) implements Plan<Work, Outcome, Tally> {
        @Override
        public List<Work> seeds() {
            return List.of(new Work(1));
        }

        @Override
        public Step<Work, Tally> completed(Work task, Outcome outcome, Demand demand) {
            List<Work> next = new ArrayList<>();
            for (int child = 2 * task.number(); child <= 2 * task.number() + 1 && child <= count; child++) {
                next.add(new Work(child));
            }
            long number = outcome.number();
            return Step.of(new Tally(1, number, number * number, new TreeMap<>(Map.of(outcome.node(), 1))), next);
        }

        @Override
        public Step<Work, Tally> abandoned(Work task, Failure failure) {
            List<Work> again = failure.code().equals(PASSING) ? List.of(task) : List.of();
            return Step.of(new Tally(0, 0, 0, new TreeMap<>()), again);
        }

        @Override
        public boolean keptForResumption(Work task) {
            return true;
        }

        @Override
        public TaskPolicy terms(Work task) {
            return new TaskPolicy("numbers", Duration.ofSeconds(5), false);
        }
    }

    private record Sum(int count) implements Summary<Tally> {
        @Override
        public Tally empty() {
            return new Tally(0, 0, 0, new TreeMap<>());
        }

        @Override
        public Tally merge(Tally left, Tally right) {
            SortedMap<String, Integer> nodes = new TreeMap<>(left.nodes());
            right.nodes().forEach((node, tasks) -> nodes.merge(node, tasks, Integer::sum));
            return new Tally(
                    left.count() + right.count(), left.sum() + right.sum(), left.squares() + right.squares(), nodes);
        }

        @Override
        public boolean complete(Tally tally) {
            return tally.sum() == sum(count);
        }

        @Override
        public Map<String, Long> counts(Tally tally) {
            return Map.of("numbers", tally.count());
        }
    }
}
