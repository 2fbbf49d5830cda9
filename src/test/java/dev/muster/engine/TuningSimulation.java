package dev.muster.engine;

import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Lists a bucket of so many pages from a simulated server with a real scheduler, in virtual time. */
final class TuningSimulation {
    private static final double NANOS = 1e9;
    /** First time of the clock, which means nothing. */
    private static final long BEGIN = 12_345_678_912_345L;

    private static final Failure SLOW_DOWN = new Failure(Failure.Kind.THROTTLED, "SlowDown", "on purpose");

    /** Cost of a run. */
    record Cost(double seconds, long tries, long throttled) {}

    /** Pages left of a range, of which some are cut off wherever listers stand idle. */
    private static final class Pages implements Plan<Integer, Boolean, Integer> {
        private final int pages;

        Pages(int pages) {
            this.pages = pages;
        }

        @Override
        public List<Integer> seeds() {
            return List.of(pages);
        }

        @Override
        public Step<Integer, Integer> completed(Integer left, Boolean result, Demand demand) {
            List<Integer> next = new ArrayList<>();
            int rest = left - 1;
            for (int parts = Math.min(rest, Math.max(1, demand.spare())); parts > 0; parts--) {
                next.add(rest / parts);
                rest -= rest / parts;
            }
            return Step.of(1, next);
        }

        @Override
        public Step<Integer, Integer> abandoned(Integer left, Failure failure) {
            throw new AssertionError("nothing is given up here");
        }

        @Override
        public TaskPolicy terms(Integer left) {
            return new TaskPolicy("bucket", Duration.ofSeconds(60), true);
        }
    }

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final SimulatedServer server;
    private final Scheduler<Integer, Boolean, Integer> scheduler;
    private final int workers;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now = BEGIN;
    private long order;
    private long wakeAt = Long.MAX_VALUE;
    private boolean finished;

    TuningSimulation(SimulatedServer server, int pages, int workers, boolean adaptive) {
        this.server = server;
        this.workers = workers;
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(20));
        SchedulerSettings settings =
                new SchedulerSettings(8, backoff, Duration.ofSeconds(5), 4, 0.03, Duration.ofSeconds(1), adaptive);
        this.scheduler = new Scheduler<>(new Pages(pages), settings, 1, new Random(1));
    }

    Cost run() {
        carryOut(scheduler.start(now));
        for (int number = 1; number <= workers; number++) {
            carryOut(scheduler.pull(new WorkerId("local", number), 0, now));
        }
        while (!finished) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        Stats stats = scheduler.stats();
        return new Cost(seconds(), stats.tries(), stats.throttled());
    }

    private void carryOut(List<Action<Integer, Integer>> actions) {
        for (Action<Integer, Integer> action : actions) {
            if (action instanceof Action.Assign<Integer, Integer> assign) {
                SimulatedServer.Answer answer = server.arrive(seconds());
                at(now + (long) (answer.seconds() * NANOS), () -> answer(assign, answer.refused()));
            } else if (action instanceof Action.Cancel<Integer, Integer> cancel) {
                long lease = cancel.lease();
                at(now, () -> carryOut(scheduler.pull(cancel.worker(), lease, now)));
            } else if (action instanceof Action.Finish<Integer, Integer>) {
                finished = true;
            }
        }
        long due = scheduler.wakeAt(now);
        if (due < wakeAt) {
            wakeAt = due;
            at(due, () -> wake(due));
        }
    }

    private void wake(long due) {
        if (due == wakeAt) {
            wakeAt = Long.MAX_VALUE;
            carryOut(scheduler.tick(now));
        }
    }

    private void answer(Action.Assign<Integer, Integer> assign, boolean refused) {
        carryOut(
                refused
                        ? scheduler.failed(assign.worker(), assign.lease(), SLOW_DOWN, now)
                        : scheduler.completed(assign.worker(), assign.lease(), true, now));
    }

    private double seconds() {
        return (now - BEGIN) / NANOS;
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, order++, action));
    }
}
