package dev.muster.engine;

import dev.muster.engine.Progress.Stats;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import org.apache.pekko.actor.typed.javadsl.ReceiveBuilder;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Owns the queue of a run. What to do is decided by the {@link Scheduler}; this actor carries it out, keeps the time,
 * and watches the workers. All that it tells the aggregator travels in one ordered channel (invariant 5).
 */
public final class Coordinator<T, R, P> extends AbstractBehavior<Coordinator.Command<T, R>> {
    /** Messages of workers, of a run's owner, and of the actor itself. */
    public sealed interface Command<T, R> {}

    /**
     * A worker has no task and wants one; {@code lastLease} is the newest that it has seen. May come any number of
     * times. One actor may stand for several workers; when it ends they are all gone.
     */
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

    /** Asks for the progress of the run. */
    public record GetProgress<T, R>(ActorRef<Progress> replyTo) implements Command<T, R> {}

    /** Asks for a look at the run, in the aggregator's thread and not after the run's end. */
    record Look<T, R, P>(Consumer<RunSnapshot<P>> reader) implements Command<T, R> {}

    private record WorkersGone<T, R>(ActorRef<Worker.Command<T>> ref) implements Command<T, R> {}

    private record Wake<T, R>() implements Command<T, R> {}

    private record FromAggregator<T, R>(Aggregator.Event event) implements Command<T, R> {}

    private record CheckpointDue<T, R>() implements Command<T, R> {}

    /** Checkpoints take at most one part in this many of the time, however long one takes to write. */
    private static final int CHECKPOINT_SHARE = 20;

    /**
     * Most partials that the aggregator may not have merged yet; it merges none while it writes a checkpoint. What workers say
     * waits meanwhile, and so do they, so that memory is bounded (invariant 4).
     */
    private static final int MOST_UNMERGED = 256;

    private final Scheduler<T, R, P> scheduler;
    private final Queue<Supplier<Behavior<Command<T, R>>>> waiting = new ArrayDeque<>();
    private final ActorRef<Aggregator.Command<T, P>> aggregator;
    private final TimerScheduler<Command<T, R>> timers;
    private final EngineSettings settings;
    private final Map<WorkerId, ActorRef<Worker.Command<T>>> workers = new HashMap<>();
    private long wakeAt = Long.MAX_VALUE;
    private Stats lastCheckpoint = Stats.NONE;
    private int unmerged;
    private boolean overdue;

    /**
     * A coordinator that begins at once and stops after it has sent the result.
     *
     * @param resumed the last checkpoint of an earlier run of the same job and arguments; empty for a new run
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
        getContext().watch(aggregator); // A run needs its aggregator: if that dies before the finish, so does the run.
        timers.startSingleTimer("checkpoint", new CheckpointDue<>(), settings.checkpointInterval());
        long now = System.nanoTime();
        return carryOut(resumed.map(from -> scheduler.resume(from.outstanding(), from.stats(), now))
                .orElseGet(() -> scheduler.start(now)));
    }

    @Override
    @SuppressWarnings("unchecked") // the messages' type arguments are this actor's
    public Receive<Command<T, R>> createReceive() {
        ReceiveBuilder<Command<T, R>> receive = newReceiveBuilder();
        receive.onMessage(Pull.class, pull -> inTurn(() -> onPull(pull)));
        receive.onMessage(Completed.class, done -> inTurn(() -> onCompleted(done)));
        receive.onMessage(Failed.class, failed -> inTurn(() -> onFailed(failed)));
        receive.onMessage(Leave.class, leave -> inTurn(() -> onLeave(leave)));
        receive.onMessage(WorkersGone.class, gone -> inTurn(() -> onWorkersGone(gone)));
        receive.onMessage(Wake.class, wake -> onWake());
        receive.onMessage(Stop.class, stop -> carryOut(scheduler.stop(System.nanoTime())));
        receive.onMessage(CheckpointDue.class, due -> onCheckpointDue());
        receive.onMessage(FromAggregator.class, this::onAggregatorEvent);
        receive.onMessage(GetProgress.class, this::onGetProgress);
        receive.onMessage(Look.class, this::onLook);
        receive.onSignal(Terminated.class, Coordinator::onAggregatorEnded);
        return receive.build();
    }

    /** Handles what a worker says, once the aggregator is not too far behind and what came earlier is handled. */
    private Behavior<Command<T, R>> inTurn(Supplier<Behavior<Command<T, R>>> handling) {
        if (unmerged < MOST_UNMERGED) {
            return handling.get();
        }
        waiting.add(handling);
        return this;
    }

    private Behavior<Command<T, R>> onMerged(Aggregator.Merged merged) {
        unmerged -= merged.partials();
        Behavior<Command<T, R>> next = this;
        while (next == this && unmerged < MOST_UNMERGED && !waiting.isEmpty()) {
            next = waiting.remove().get();
        }
        return next == this && overdue && waiting.isEmpty() ? onWake() : next;
    }

    private Behavior<Command<T, R>> onPull(Pull<T, R> pull) {
        if (!pull.replyTo().equals(workers.put(pull.worker(), pull.replyTo()))) {
            getContext().watchWith(pull.replyTo(), new WorkersGone<>(pull.replyTo()));
        }
        return carryOut(scheduler.pull(pull.worker(), pull.lastLease(), System.nanoTime()));
    }

    private Behavior<Command<T, R>> onCompleted(Completed<T, R> done) {
        return carryOut(scheduler.completed(done.worker(), done.lease(), done.result(), System.nanoTime()));
    }

    private Behavior<Command<T, R>> onFailed(Failed<T, R> failed) {
        return carryOut(scheduler.failed(failed.worker(), failed.lease(), failed.failure(), System.nanoTime()));
    }

    private Behavior<Command<T, R>> onLeave(Leave<T, R> leave) {
        return carryOut(scheduler.leave(leave.worker(), leave.lastLease(), System.nanoTime()));
    }

    private Behavior<Command<T, R>> onWorkersGone(WorkersGone<T, R> ended) {
        List<WorkerId> gone = workers.entrySet().stream()
                .filter(worker -> worker.getValue().equals(ended.ref()))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(workers::remove);
        return carryOut(scheduler.workersGone(gone, System.nanoTime()));
    }

    /** Waits for what workers have said in time: their leases must not expire while it waits. */
    private Behavior<Command<T, R>> onWake() {
        overdue = unmerged >= MOST_UNMERGED || !waiting.isEmpty();
        if (overdue) {
            return this;
        }
        wakeAt = Long.MAX_VALUE;
        return carryOut(scheduler.tick(System.nanoTime()));
    }

    private Behavior<Command<T, R>> onAggregatorEvent(FromAggregator<T, R> from) {
        if (from.event() instanceof Aggregator.Broken broken) {
            return carryOut(scheduler.halt(broken.failure(), System.nanoTime()));
        }
        if (from.event() instanceof Aggregator.Saved saved) {
            nextCheckpoint(saved.took().multipliedBy(CHECKPOINT_SHARE));
        } else if (from.event() instanceof Aggregator.Merged merged) {
            return onMerged(merged);
        }
        return this;
    }

    private Behavior<Command<T, R>> onGetProgress(GetProgress<T, R> get) {
        aggregator.tell(new Aggregator.Report<>(scheduler.stats(), get.replyTo()));
        return this;
    }

    private Behavior<Command<T, R>> onLook(Look<T, R, P> look) {
        aggregator.tell(scheduler.show(look.reader()));
        return this;
    }

    /** Fails, as a run without its aggregator has no result. */
    private static <C> Behavior<C> onAggregatorEnded(Terminated ended) {
        Throwable cause = ended instanceof ChildFailed failed ? failed.getCause() : null;
        throw new IllegalStateException("the aggregator ended before the run", cause);
    }

    private Behavior<Command<T, R>> carryOut(List<Action<T, P>> actions) {
        for (Action<T, P> action : actions) {
            if (action instanceof Action.Assign<T, P> assign) {
                workers.get(assign.worker())
                        .tell(new Worker.Assign<>(assign.worker(), assign.lease(), assign.work(), assign.timeout()));
            } else if (action instanceof Action.Cancel<T, P> cancel) {
                cancel(cancel);
            } else if (action instanceof Action.Merge<T, P> merge) {
                aggregator.tell(new Aggregator.Merge<>(merge.partial()));
                unmerged++;
            } else if (action instanceof Action.Finish<T, P> finish) {
                return finish(finish);
            }
        }
        wakeInTime();
        return this;
    }

    private void cancel(Action.Cancel<T, P> cancel) {
        ActorRef<Worker.Command<T>> worker = workers.get(cancel.worker());
        if (worker != null) {
            worker.tell(new Worker.Cancel<>(cancel.worker(), cancel.lease()));
        }
    }

    /** Waits until the aggregator has written everything and sent the result, then stops with it. */
    private Behavior<Command<T, R>> finish(Action.Finish<T, P> finish) {
        timers.cancelAll();
        aggregator.tell(
                new Aggregator.Finish<>(finish.end(), scheduler.outstanding(), finish.givenUp(), scheduler.stats()));
        workers.values().forEach(worker -> worker.tell(new Worker.Stop<>()));
        return Behaviors.receive(
                (context, command) -> Behaviors.same(),
                (context, signal) -> signal instanceof ChildFailed failed
                        ? onAggregatorEnded(failed)
                        : signal instanceof Terminated ? Behaviors.stopped() : Behaviors.same());
    }

    private void wakeInTime() {
        long now = System.nanoTime();
        long at = scheduler.wakeAt(now);
        if (at < wakeAt) {
            wakeAt = at;
            timers.startSingleTimer("wake", new Wake<>(), Duration.ofNanos(Math.max(0, at - now)));
        }
    }

    private Behavior<Command<T, R>> onCheckpointDue() {
        Stats stats = scheduler.stats();
        if (stats.equals(lastCheckpoint)) {
            nextCheckpoint(Duration.ZERO);
        } else {
            lastCheckpoint = stats;
            aggregator.tell(new Aggregator.TakeCheckpoint<>(scheduler.outstanding(), stats));
        }
        return this;
    }

    private void nextCheckpoint(Duration atLeast) {
        Duration interval = settings.checkpointInterval();
        timers.startSingleTimer(
                "checkpoint", new CheckpointDue<>(), atLeast.compareTo(interval) > 0 ? atLeast : interval);
    }
}
