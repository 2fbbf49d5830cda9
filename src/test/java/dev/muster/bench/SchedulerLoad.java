package dev.muster.bench;

import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan;
import dev.muster.engine.Scheduler;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;

/** CPU time that a scheduler takes for a result while many tasks are under way. */
final class SchedulerLoad {
    private static final int RESULTS = 100_000;
    private static final int LANES = 1_000;
    private static final long MILLISECOND = 1_000_000L;

    /** Tasks of which each is followed by another one of its lane. */
    private record Endless(int tasks) implements Plan<Integer, Integer, Integer> {
        @Override
        public List<Integer> seeds() {
            return IntStream.range(0, tasks).boxed().toList();
        }

        @Override
        public Step<Integer, Integer> completed(Integer task, Integer result, Demand demand) {
            return Step.of(result, List.of(task));
        }

        @Override
        public Step<Integer, Integer> abandoned(Integer task, Failure failure) {
            throw new IllegalStateException(failure.message());
        }

        @Override
        public TaskPolicy terms(Integer task) {
            return new TaskPolicy("lane " + task % LANES, Duration.ofMinutes(1), true);
        }
    }

    private SchedulerLoad() {}

    /** Scheduler as a run configures it by default, without an adaptive limit. */
    static <T, R, P> Scheduler<T, R, P> scheduler(Plan<T, R, P> plan) {
        SchedulerSettings settings = new SchedulerSettings(
                20,
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)),
                Duration.ofSeconds(5),
                4,
                0.03,
                Duration.ofSeconds(1),
                false);
        return new Scheduler<>(plan, settings, 1, new Random(1));
    }

    static double nanosPerResult(int leases) {
        Scheduler<Integer, Integer, Integer> scheduler = scheduler(new Endless(leases));
        Queue<Action.Assign<Integer, Integer>> underWay = new ArrayDeque<>();
        assigned(scheduler.start(0), underWay);
        for (int worker = 1; worker <= leases; worker++) {
            assigned(scheduler.pull(new WorkerId("node", worker), 0, 0), underWay);
        }
        long before = cpuNanos();
        for (int result = 1; result <= RESULTS; result++) {
            Action.Assign<Integer, Integer> done = underWay.remove();
            assigned(scheduler.completed(done.worker(), done.lease(), 1, result * MILLISECOND / 100), underWay);
        }
        return (cpuNanos() - before) / (double) RESULTS;
    }

    static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void assigned(
            List<Action<Integer, Integer>> actions, Queue<Action.Assign<Integer, Integer>> underWay) {
        for (Action<Integer, Integer> action : actions) {
            if (action instanceof Action.Assign<Integer, Integer> assign) {
                underWay.add(assign);
            }
        }
    }
}
