package dev.muster.engine;

import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** A job of numbered tasks without follow-ups, whose tries end as a test's script says. */
final class Scripted {
    record Work(int number) {}

    /** Numbers done and failures of those given up, in the order of arrival. */
    record Found(List<Integer> done, List<String> givenUp) {
        Found {
            done = List.copyOf(done);
            givenUp = List.copyOf(givenUp);
        }
    }

    private final int count;
    private final Duration timeout;

    /**
     * A job of tasks 1 to count.
     *
     * @param timeout of each task
     */
    Scripted(int count, Duration timeout) {
        this.count = count;
        this.timeout = timeout;
    }

    /**
     * The job.
     *
     * @param script gives the outcome of a try, from the task's number and how often it was tried before
     */
    Job<Work, Integer, Found> job(BiFunction<Integer, Integer, CompletableFuture<Integer>> script) {
        return job(script, Output.none());
    }

    Job<Work, Integer, Found> job(
            BiFunction<Integer, Integer, CompletableFuture<Integer>> script, Output<Found> output) {
        int[] tries = new int[count + 1];
        Executor<Work, Integer> executor = work -> {
            int before;
            synchronized (tries) {
                before = tries[work.number()]++;
            }
            return script.apply(work.number(), before);
        };
        return new Job<>(
                "scripted", new TreeMap<>(), new Numbers(), executor, new Finds(), output, Work.class, Found.class);
    }

    List<Integer> numbers() {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    private final class Numbers implements Plan<Work, Integer, Found> {
        @Override
        public List<Work> seeds() {
            return numbers().stream().map(Work::new).toList();
        }

        @Override
        public Step<Work, Found> completed(Work task, Integer result, Demand demand) {
            return Step.of(new Found(List.of(result), List.of()));
        }

        @Override
        public Step<Work, Found> abandoned(Work task, Failure failure) {
            return Step.of(new Found(List.of(), List.of(task.number() + " " + failure)));
        }

        @Override
        public TaskPolicy terms(Work task) {
            return new TaskPolicy("scripted", timeout, true);
        }
    }

    private static final class Finds implements Summary<Found> {
        @Override
        public Found empty() {
            return new Found(List.of(), List.of());
        }

        @Override
        public Found merge(Found left, Found right) {
            return new Found(joined(left.done(), right.done()), joined(left.givenUp(), right.givenUp()));
        }

        @Override
        public boolean complete(Found found) {
            return found.givenUp().isEmpty();
        }

        private static <E> List<E> joined(Collection<E> left, Collection<E> right) {
            List<E> all = new ArrayList<>(left);
            all.addAll(right);
            return all;
        }
    }
}
