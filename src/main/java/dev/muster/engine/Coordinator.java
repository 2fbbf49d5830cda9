package dev.muster.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns the queue of a run. What to do is decided by the {@link Scheduler}; this actor carries it out, keeps the time, and
 * watches the workers. All that it tells the aggregator travels in one ordered channel (invariant 5).
 */
public final class Coordinator<T, R, P> extends AbstractBehavior<Coordinator.Command<T, R>> {
    /** What a coordinator is told. */
    public sealed interface Command<T, R> {}

    /** A worker has no task and wants one; {@code lastLease} is the newest that it has seen. May come any number of times. */
    public record Pull<T, R>(WorkerId worker, ActorRef<Worker.Command<T>> replyTo, long lastLease)
            implements Command<T, R> {}

    /** A task is done, and its worker wants the next one. */
    public record Completed<T, R>(WorkerId worker, long lease, R result) implements Command<T, R> {}

    /** A task has failed; its worker wants the next one, or restarts after a defect and pulls by itself. */
    public record Failed<T, R>(WorkerId worker, long lease, Failure failure) implements Command<T, R> {}

    /** A worker stops, and has seen no lease after {@code lastLease}; a task that it has not begun goes back. */
    public record Leave<T, R>(WorkerId worker, long lastLease) implements Command<T, R> {}

    /** Hand out nothing more, finish what is under way, write a checkpoint. */
    public record Stop<T, R>() implements Command<T, R> {}

    /** Asks where the run stands. */
    public record GetProgress<T, R>(ActorRef<Progress> replyTo) implements Command<T, R> {}

    private record WorkerGone<T, R>(WorkerId worker) implements Command<T, R> {}

    private record Wake<T, R>() implements Command<T, R> {}

    private record FromAggregator<T, R>(Aggregator.Event event) implements Command<T, R> {}

    private record CheckpointDue<T, R>() implements Command<T, R> {}

    /** A checkpoint takes at most this share of the time, however long it takes to write one. */
    private static final int CHECKPOINT_SHARE = 20;

    private final Scheduler<T, R, P> scheduler;
    private final ActorRef<Aggregator.Command<T, P>> aggregator;
    private final TimerScheduler<Command<T, R>> timers;
    private final EngineSettings settings;
    private final Map<WorkerId, ActorRef<Worker.Command<T>>> workers = new HashMap<>();
    private long wakeAt = Long.MAX_VALUE;
    private boolean finished;
    private Stats lastCheckpoint = Stats.NONE;

    /**
     * A coordinator that begins at once and stops after it has sent the result.
     *
     * @param resumed where an earlier run of the same job and arguments had come to; empty for a new run
     * @param replyTo gets the one result
     */
    public static <T, R, P> Behavior<Command<T, R>> create(
            Job<T, R, P> job,
            EngineSettings settings,
            CheckpointStore store,
            Optional<Checkpoint<T, P>> resumed,
            ActorRef<RunResult<T, P>> replyTo) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ActorRef<Aggregator.Event> events = context.messageAdapter(Aggregator.Event.class, FromAggregator::new);
            ActorRef<Aggregator.Command<T, P>> aggregator = context.spawn(
                    Aggregator.create(job, store, resumed, events, replyTo),
                    "aggregator",
                    DispatcherSelector.blocking());
            Scheduler<T, R, P> scheduler =
                    new Scheduler<>(job.plan(), settings.scheduler(), store.epoch(), RandomGenerator.getDefault());
            resumed.ifPresent(from -> job.plan().restored(from.summary()));
            return new Coordinator<>(context, timers, scheduler, aggregator, settings).begin(resumed);
        }));
    }

    private Coordinator(
            ActorContext<Command<T, R>> context,
            TimerScheduler<Command<T, R>> timers,
            Scheduler<T, R, P> scheduler,
            ActorRef<Aggregator.Command<T, P>> aggregator,
            EngineSettings settings) {
        super(context);
        this.timers = timers;
        this.scheduler = scheduler;
        this.aggregator = aggregator;
        this.settings = settings;
    }

    private Behavior<Command<T, R>> begin(Optional<Checkpoint<T, P>> resumed) {
        getContext().watch(aggregator); // without it there is no run: its death before the finish is ours
        timers.startSingleTimer("checkpoint", new CheckpointDue<>(), settings.checkpointInterval());
        long now = System.nanoTime();
        return carryOut(resumed.map(from -> scheduler.resume(from.outstanding(), from.stats(), now))
                .orElseGet(() -> scheduler.start(now)));
    }

    @Override
    public Receive<Command<T, R>> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onCommand)
                .onSignal(Terminated.class, this::onAggregatorEnded)
                .build();
    }

    private Behavior<Command<T, R>> onCommand(Command<T, R> command) {
        if (finished) {
            return this;
        }
        long now = System.nanoTime();
        if (command instanceof Completed<T, R> done) {
            return carryOut(scheduler.completed(done.worker(), done.lease(), done.result(), now));
        } else if (command instanceof Failed<T, R> failed) {
            return carryOut(scheduler.failed(failed.worker(), failed.lease(), failed.failure(), now));
        } else if (command instanceof Pull<T, R> pull) {
            meet(pull);
            return carryOut(scheduler.pull(pull.worker(), pull.lastLease(), now));
        } else if (command instanceof Leave<T, R> leave) {
            return carryOut(scheduler.leave(leave.worker(), leave.lastLease(), now));
        } else if (command instanceof WorkerGone<T, R> gone) {
            workers.remove(gone.worker());
            return carryOut(scheduler.workerGone(gone.worker(), now));
        } else if (command instanceof Wake<T, R>) {
            wakeAt = Long.MAX_VALUE;
            return carryOut(scheduler.tick(now));
        } else if (command instanceof Stop<T, R>) {
            return carryOut(scheduler.stop(now));
        } else if (command instanceof FromAggregator<T, R> from) {
            return onAggregator(from.event(), now);
        } else if (command instanceof CheckpointDue<T, R>) {
            onCheckpointDue();
        } else if (command instanceof GetProgress<T, R> get) {
            aggregator.tell(new Aggregator.Report<>(scheduler.stats(), get.replyTo()));
        }
        return this;
    }

    private Behavior<Command<T, R>> onAggregatorEnded(Terminated ended) {
        if (!finished) {
            Throwable cause = ended instanceof ChildFailed failed ? failed.getCause() : null;
            throw new IllegalStateException("the aggregator ended before the run", cause);
        }
        return Behaviors.stopped();
    }

    private Behavior<Command<T, R>> onAggregator(Aggregator.Event event, long now) {
        if (event instanceof Aggregator.Broken broken) {
            return carryOut(scheduler.halt(broken.failure(), now));
        }
        if (event instanceof Aggregator.Saved saved) {
            nextCheckpoint(saved.took().multipliedBy(CHECKPOINT_SHARE));
        }
        return this;
    }

    private void meet(Pull<T, R> pull) {
        ActorRef<Worker.Command<T>> before = workers.put(pull.worker(), pull.replyTo());
        if (before == null) {
            getContext().watchWith(pull.replyTo(), new WorkerGone<>(pull.worker()));
        }
    }

    private Behavior<Command<T, R>> carryOut(List<Action<T, P>> actions) {
        for (Action<T, P> action : actions) {
            if (action instanceof Action.Assign<T, P> assign) {
                workers.get(assign.worker()).tell(new Worker.Assign<>(assign.lease(), assign.work(), assign.timeout()));
            } else if (action instanceof Action.Cancel<T, P> cancel) {
                cancel(cancel);
            } else if (action instanceof Action.Merge<T, P> merge) {
                aggregator.tell(new Aggregator.Merge<>(merge.partial()));
            } else if (action instanceof Action.Finish<T, P> finish) {
                return finish(finish.end());
            }
        }
        wakeInTime();
        return this;
    }

    private void cancel(Action.Cancel<T, P> cancel) {
        ActorRef<Worker.Command<T>> worker = workers.get(cancel.worker());
        if (worker != null) {
            worker.tell(new Worker.Cancel<>(cancel.lease()));
        }
    }

    /** Waits for the aggregator to write what there is to write, and ends with it. */
    private Behavior<Command<T, R>> finish(RunEnd end) {
        timers.cancelAll();
        aggregator.tell(new Aggregator.Finish<>(end, scheduler.outstanding(), scheduler.stats()));
        workers.values().forEach(worker -> worker.tell(new Worker.Stop<>()));
        finished = true;
        return this;
    }

    private void wakeInTime() {
        long now = System.nanoTime();
        long at = scheduler.wakeAt(now);
        if (at < wakeAt) {
            wakeAt = at;
            timers.startSingleTimer("wake", new Wake<>(), Duration.ofNanos(Math.max(0, at - now)));
        }
    }

    private void onCheckpointDue() {
        Stats stats = scheduler.stats();
        if (stats.equals(lastCheckpoint)) {
            nextCheckpoint(Duration.ZERO);
        } else {
            lastCheckpoint = stats;
            aggregator.tell(new Aggregator.TakeCheckpoint<>(scheduler.outstanding(), stats));
        }
    }

    private void nextCheckpoint(Duration atLeast) {
        Duration interval = settings.checkpointInterval();
        timers.startSingleTimer(
                "checkpoint", new CheckpointDue<>(), atLeast.compareTo(interval) > 0 ? atLeast : interval);
    }
}
