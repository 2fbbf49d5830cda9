package dev.muster.engine;

import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import dev.muster.engine.limit.RateLimiter.Quota;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Drives a scheduler in virtual time against a service that keeps a token bucket, over a network whose delays vary and
 * whose first requests are slow.
 */
final class QuotaSimulation {
    private static final double SECOND = 1e9;
    private static final int WORKERS = 16;

    /**
     * The service and its other users.
     *
     * @param refusals share of requests refused at random, whatever the bucket holds
     * @param failures share of requests that fail otherwise
     * @param othersPerSecond requests that others make under the same quota
     */
    record Service(Quota quota, double refusals, double failures, double othersPerSecond) {}

    /**
     * What came of it.
     *
     * @param seconds of virtual time until the last request was answered
     * @param overQuota requests that found the service's bucket empty
     */
    record Result(double seconds, long tries, long overQuota, long completed) {}

    private record Event(long at, long order, Runnable action) {}

    private record Requests(int count, Quota quota) implements Plan<Integer, Integer, Integer> {
        @Override
        public List<Integer> seeds() {
            return IntStream.range(0, count).boxed().toList();
        }

        @Override
        public Step<Integer, Integer> completed(Integer task, Integer result, Demand demand) {
            return Step.of(result);
        }

        @Override
        public Step<Integer, Integer> abandoned(Integer task, Failure failure) {
            return Step.next(List.of());
        }

        @Override
        public TaskPolicy terms(Integer task) {
            return new TaskPolicy("limited", Duration.ofSeconds(30), false);
        }

        @Override
        public Optional<Quota> quota(String resource) {
            return Optional.of(quota);
        }
    }

    private final Service service;
    private final Random random;
    private final Scheduler<Integer, Integer, Integer> scheduler;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private final Set<Integer> connected = new HashSet<>();
    private final Set<Long> wakes = new HashSet<>();
    private double tokens;
    private long filledAt;
    private boolean used;
    private long overQuota;
    private boolean finished;
    private long now;
    private long order;

    private QuotaSimulation(int requests, Service service, long seed) {
        this.service = service;
        this.random = new Random(seed);
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(20));
        SchedulerSettings settings =
                new SchedulerSettings(8, backoff, Duration.ofSeconds(5), 0, 0, Duration.ofSeconds(1), false);
        this.scheduler = new Scheduler<>(new Requests(requests, service.quota()), settings, 1, random);
        this.tokens = service.quota().burst();
    }

    static Result run(int requests, Service service, long seed) {
        return new QuotaSimulation(requests, service, seed).run();
    }

    private Result run() {
        carryOut(scheduler.start(now));
        for (int worker = 0; worker < WORKERS; worker++) {
            carryOut(scheduler.pull(new WorkerId("node", worker), 0, now));
        }
        while (!finished) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        return new Result(
                now / SECOND,
                scheduler.stats().tries(),
                overQuota,
                scheduler.stats().completed());
    }

    private void carryOut(List<Action<Integer, Integer>> actions) {
        for (Action<Integer, Integer> action : actions) {
            if (action instanceof Action.Assign<Integer, Integer> assign) {
                at(now + (long) (delay(assign.worker()) * SECOND), () -> arrive(assign));
            } else if (action instanceof Action.Finish<Integer, Integer>) {
                finished = true;
            }
        }
        long wakeAt = scheduler.wakeAt(now);
        if (wakeAt != Long.MAX_VALUE && wakes.add(wakeAt)) {
            at(Math.max(now, wakeAt), () -> {
                wakes.remove(wakeAt);
                carryOut(scheduler.tick(now));
            });
        }
    }

    /** Seconds on the way: a connection is opened first, and now and then a packet is lost. */
    private double delay(WorkerId worker) {
        double opening = connected.add(worker.number()) ? 0.05 + 0.15 * random.nextDouble() : 0;
        double tail = random.nextDouble() < 0.01 ? 0.3 : 0;
        return opening + 0.01 + 0.04 * random.nextDouble() + tail;
    }

    private void arrive(Action.Assign<Integer, Integer> assign) {
        double chance = random.nextDouble();
        Optional<Failure.Kind> failure = Optional.empty();
        if (chance < service.refusals()) {
            failure = Optional.of(Failure.Kind.THROTTLED);
        } else if (chance < service.refusals() + service.failures()) {
            failure = Optional.of(Failure.Kind.TRANSIENT);
        } else if (!take()) {
            overQuota++;
            failure = Optional.of(Failure.Kind.THROTTLED);
        }
        Optional<Failure> outcome = failure.map(kind -> new Failure(kind, "Simulated", "on purpose"));
        at(now + (long) (0.05 * SECOND), () -> answer(assign, outcome));
    }

    private void answer(Action.Assign<Integer, Integer> assign, Optional<Failure> failure) {
        carryOut(
                failure.isPresent()
                        ? scheduler.failed(assign.worker(), assign.lease(), failure.get(), now)
                        : scheduler.completed(assign.worker(), assign.lease(), assign.work(), now));
    }

    /** The service's bucket; what others use is taken from its refill. */
    private boolean take() {
        double refill = service.quota().perSecond() - service.othersPerSecond();
        if (used) {
            tokens = Math.min(service.quota().burst(), tokens + (now - filledAt) / SECOND * refill);
        }
        used = true;
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, order++, action));
    }
}
