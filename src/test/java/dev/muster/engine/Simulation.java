package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import dev.muster.engine.limit.ConcurrencyLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Drives a scheduler and a plan through a run in virtual time, over a network that loses, repeats and reorders messages,
 * with workers that fail, hang and crash, and a coordinator that is killed and resumed from its last checkpoint.
 */
final class Simulation {
    private static final long MILLISECOND = 1_000_000L;
    private static final int WORKERS = 5;
    private static final int MOST_EVENTS = 200_000;

    /** Rates of each kind of fault, from 0 to 1. */
    record FaultRates(
            double failures,
            double hangs,
            double lost,
            double repeated,
            double late,
            double workerCrashes,
            double kills) {
        static final FaultRates NONE = new FaultRates(0, 0, 0, 0, 0, 0, 0);
        static final FaultRates MANY = new FaultRates(0.2, 0.03, 0.05, 0.1, 0.3, 0.02, 0.01);
    }

    private record Event(long at, long order, Runnable action) {}

    /** Goes up and down at random whenever it hears something, and is often below what is under way. */
    private final class FickleLimit implements ConcurrencyLimit {
        private int current = WORKERS;

        @Override
        public int current() {
            return current;
        }

        @Override
        public int soon() {
            return 2 * current;
        }

        @Override
        public void workers(int known) {}

        @Override
        public void succeeded(long nanos, int inFlight, long at) {
            assertThat(inFlight).isBetween(1, WORKERS + 1);
            assertThat(nanos).isNotNegative();
            current = 1 + random.nextInt(WORKERS);
        }

        @Override
        public void throttled(long at) {
            current = 1;
        }
    }

    private record Cut(List<PendingTask<Integer>> outstanding, Stats stats, TaskTally merged) {}

    private static final class SimulatedWorker {
        WorkerId id;
        long lastLease;
        long current;
        boolean alive = true;
    }

    private final ConcurrencyLimit limit = new FickleLimit();
    private final FaultRates faultRates;
    private final boolean acceptsLateOutcomes;
    private final Random random;
    private final ItemTree tree;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private final Map<WorkerId, SimulatedWorker> workers = new HashMap<>();
    private final Map<WorkerId, Long> unanswered = new HashMap<>();
    private final Set<Long> wakes = new HashSet<>();

    private Scheduler<Integer, Integer, TaskTally> scheduler;
    private TaskTally merged = new TaskTally();
    private Cut checkpoint;
    private RunEnd end;
    private long now;
    private long order;
    private long epoch;
    private int nextWorker;
    private int leased;

    Simulation(long seed, FaultRates faultRates, boolean acceptsLateOutcomes) {
        this.random = new Random(seed);
        this.faultRates = faultRates;
        this.acceptsLateOutcomes = acceptsLateOutcomes;
        this.tree = new ItemTree(seed);
    }

    ItemTree tree() {
        return tree;
    }

    TaskTally merged() {
        return merged;
    }

    Stats stats() {
        return scheduler.stats();
    }

    /** Runs to the end and returns it. */
    RunEnd run() {
        startCoordinator();
        for (int i = 0; i < WORKERS; i++) {
            addWorker();
        }
        every(40 * MILLISECOND, this::takeCheckpoint);
        every(7 * MILLISECOND, this::maybeKillCoordinator);
        for (int count = 0; end == null; count++) {
            assertThat(count).as("events until the run ends").isLessThan(MOST_EVENTS);
            Event event = events.poll();
            assertThat(event)
                    .as("something still to happen before the run ends")
                    .isNotNull();
            now = Math.max(now, event.at());
            event.action().run();
        }
        return end;
    }

    private void startCoordinator() {
        scheduler = new Scheduler<>(tree, settings(), limit, ++epoch, random);
        leased = 0;
        unanswered.clear();
        wakes.clear();
        if (checkpoint == null) {
            merged = new TaskTally();
            carryOut(scheduler.start(now));
        } else {
            merged = checkpoint.merged().copy();
            carryOut(scheduler.resume(checkpoint.outstanding(), checkpoint.stats(), now));
        }
    }

    private static SchedulerSettings settings() {
        Backoff backoff = new Backoff(Duration.ofMillis(2), Duration.ofMillis(50));
        return new SchedulerSettings(12, backoff, Duration.ofMillis(20), 3, 0.05, Duration.ofMillis(100), false);
    }

    private void takeCheckpoint() {
        checkpoint = new Cut(scheduler.outstanding(), scheduler.stats(), merged.copy());
        assertThat(merged.items().keySet())
                .as("a checkpoint's merged and outstanding items have nothing in common")
                .doesNotContainAnyElementsOf(
                        checkpoint.outstanding().stream().map(PendingTask::work).toList());
    }

    private void maybeKillCoordinator() {
        if (chance(faultRates.kills())) {
            startCoordinator();
        }
    }

    private void addWorker() {
        SimulatedWorker worker = new SimulatedWorker();
        worker.id = new WorkerId("node-" + nextWorker % 2, nextWorker++);
        workers.put(worker.id, worker);
        every(30 * MILLISECOND, () -> pullIfFree(worker));
        pullIfFree(worker);
    }

    private void pullIfFree(SimulatedWorker worker) {
        if (worker.alive && worker.current == 0) {
            long lastLease = worker.lastLease;
            toCoordinator(worker, () -> carryOut(scheduler.pull(worker.id, lastLease, now)));
        }
    }

    private void carryOut(List<Action<Integer, TaskTally>> actions) {
        int leasedBefore = leased;
        leased = scheduler.stats().leased();
        assertThat(leased)
                .as("tasks under way, of which none is begun beyond the limit")
                .isLessThanOrEqualTo(Math.max(leasedBefore, limit.current()));
        for (Action<Integer, TaskTally> action : actions) {
            if (action instanceof Action.Assign<Integer, TaskTally> assign) {
                assignTo(assign);
            } else if (action instanceof Action.Cancel<Integer, TaskTally> cancel) {
                SimulatedWorker worker = workers.get(cancel.worker());
                send(() -> onCancel(worker, cancel.lease()));
            } else if (action instanceof Action.Merge<Integer, TaskTally> merge) {
                merged.add(merge.partial());
            } else if (action instanceof Action.Finish<Integer, TaskTally> finish) {
                end = finish.end();
            }
        }
        long wakeAt = scheduler.wakeAt(now);
        Scheduler<Integer, Integer, TaskTally> current = scheduler;
        if (wakeAt != Long.MAX_VALUE && wakes.add(wakeAt)) {
            at(wakeAt, () -> {
                if (scheduler == current) {
                    wakes.remove(wakeAt);
                    carryOut(scheduler.tick(now));
                }
            });
        }
    }

    private void assignTo(Action.Assign<Integer, TaskTally> assign) {
        Long before = unanswered.put(assign.worker(), assign.lease());
        assertThat(before)
                .as("the lease given to %s without a word from it since", assign.worker())
                .isIn(null, assign.lease());
        SimulatedWorker worker = workers.get(assign.worker());
        send(() -> onAssign(worker, assign));
    }

    private void onAssign(SimulatedWorker worker, Action.Assign<Integer, TaskTally> assign) {
        if (!worker.alive || assign.lease() <= worker.lastLease) {
            return;
        }
        worker.lastLease = assign.lease();
        worker.current = assign.lease();
        if (chance(faultRates.workerCrashes())) {
            crash(worker);
            return;
        }
        long duration = (1 + random.nextInt(8)) * MILLISECOND;
        if (chance(faultRates.hangs())) {
            duration = 500 * MILLISECOND;
        }
        boolean fails = chance(faultRates.failures());
        Failure failure = fails ? failure() : null;
        at(now + duration, () -> answer(worker, assign, failure));
    }

    private void crash(SimulatedWorker worker) {
        worker.alive = false;
        at(now + 15 * MILLISECOND, () -> {
            unanswered.remove(worker.id);
            carryOut(scheduler.workersGone(List.of(worker.id), now));
            addWorker();
        });
    }

    private void answer(SimulatedWorker worker, Action.Assign<Integer, TaskTally> assign, Failure failure) {
        if (!worker.alive || worker.current != assign.lease()) {
            return;
        }
        worker.current = 0;
        if (failure != null) {
            toCoordinator(worker, () -> carryOut(scheduler.failed(worker.id, assign.lease(), failure, now)));
            return;
        }
        toCoordinator(worker, () -> {
            long lateBefore = scheduler.stats().late();
            carryOut(scheduler.completed(worker.id, assign.lease(), assign.work(), now));
            if (acceptsLateOutcomes && scheduler.stats().late() > lateBefore) {
                merged.add(TaskTally.of(assign.work()));
            }
        });
    }

    private void onCancel(SimulatedWorker worker, long lease) {
        if (worker != null && worker.alive && worker.current == lease) {
            worker.current = 0;
            pullIfFree(worker);
        }
    }

    private Failure failure() {
        List<Failure.Kind> kinds =
                List.of(Failure.Kind.THROTTLED, Failure.Kind.TRANSIENT, Failure.Kind.DEFECT, Failure.Kind.DENIED);
        int draw = random.nextInt(20);
        return new Failure(kinds.get(draw == 0 ? 3 : draw % 3), "Simulated", "on purpose");
    }

    /** A message to the coordinator; messages of one worker overtake each other now and then. */
    private void toCoordinator(SimulatedWorker worker, Runnable delivery) {
        send(() -> {
            unanswered.remove(worker.id);
            delivery.run();
        });
    }

    private void send(Runnable delivery) {
        int copies = chance(faultRates.lost()) ? 0 : chance(faultRates.repeated()) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            long delay = chance(faultRates.late()) ? random.nextInt(40) : 1;
            at(now + delay * MILLISECOND, delivery);
        }
    }

    private void every(long interval, Runnable action) {
        at(now + interval, () -> {
            action.run();
            every(interval, action);
        });
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, order++, () -> {
            if (end == null) {
                action.run();
            }
        }));
    }

    private boolean chance(double rate) {
        return random.nextDouble() < rate;
    }

    /** Names of items merged or abandoned more than once or never; empty if all is well. */
    List<String> miscounts() {
        List<String> miscounts = new ArrayList<>();
        for (int item : tree.reachable(merged.abandoned().keySet())) {
            int times =
                    merged.items().getOrDefault(item, 0) + merged.abandoned().getOrDefault(item, 0);
            if (times != 1) {
                miscounts.add("item " + item + " counted " + times + " times");
            }
        }
        return miscounts;
    }
}
