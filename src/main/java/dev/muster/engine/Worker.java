package dev.muster.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Pulls one task at a time and reports its outcome (invariant 4). It never tries again (invariant 3): a failure goes to
 * the coordinator, and after a defect the worker itself is restarted with backoff.
 *
 * <p>An outcome that gets lost costs the work, not the task: the next pull shows the coordinator that it is missing.
 */
public final class Worker<T, R> extends AbstractBehavior<Worker.Command<T>> {
    /** What a worker is told. */
    public sealed interface Command<T> {}

    /** Do this task; a lease that the worker has seen already is ignored. */
    public record Assign<T>(long lease, T work, Duration timeout) implements Command<T> {}

    /** The outcome under this lease is no longer wanted. */
    public record Cancel<T>(long lease) implements Command<T> {}

    /** Finish what is under way, take nothing more, and stop. */
    public record Drain<T>() implements Command<T> {}

    /** The run is over. */
    public record Stop<T>() implements Command<T> {}

    private record Done<T, R>(long lease, R result, Throwable error) implements Command<T> {}

    private record TimedOut<T>(long lease) implements Command<T> {}

    private record PullAgain<T>() implements Command<T> {}

    /** Thrown to have the supervisor restart the worker. */
    private static final class DefectException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DefectException(Throwable cause) {
            super(cause);
        }
    }

    private static final long NONE = 0;

    private final WorkerId id;
    private final ActorRef<Coordinator.Command<T, R>> coordinator;
    private final Executor<T, R> executor;
    private final TimerScheduler<Command<T>> timers;

    private boolean draining;
    private long lastLease = NONE;
    private long current = NONE;
    private Duration currentTimeout = Duration.ZERO;
    private CompletableFuture<R> running = CompletableFuture.completedFuture(null);

    /** A worker that restarts with backoff when it breaks. */
    public static <T, R> Behavior<Command<T>> create(
            WorkerId id,
            ActorRef<Coordinator.Command<T, R>> coordinator,
            Executor<T, R> executor,
            EngineSettings settings) {
        Behavior<Command<T>> worker = Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay("pull", new PullAgain<>(), settings.pullInterval());
            return new Worker<>(context, timers, id, coordinator, executor);
        }));
        return Behaviors.supervise(worker)
                .onFailure(
                        RuntimeException.class,
                        SupervisorStrategy.restartWithBackoff(settings.restartMin(), settings.restartMax(), 0.2)
                                .withLoggingEnabled(false));
    }

    private Worker(
            ActorContext<Command<T>> context,
            TimerScheduler<Command<T>> timers,
            WorkerId id,
            ActorRef<Coordinator.Command<T, R>> coordinator,
            Executor<T, R> executor) {
        super(context);
        this.timers = timers;
        this.id = id;
        this.coordinator = coordinator;
        this.executor = executor;
        pull();
    }

    @Override
    public Receive<Command<T>> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onCommand)
                .onSignal(PreRestart.class, signal -> abandonCurrent())
                .onSignal(PostStop.class, signal -> abandonCurrent())
                .build();
    }

    private Behavior<Command<T>> onCommand(Command<T> command) {
        if (command instanceof Assign<T> assign) {
            onAssign(assign);
        } else if (command instanceof Done<T, ?> done) {
            onDone(done);
        } else if (command instanceof Drain<T>) {
            draining = true;
        } else if (command instanceof TimedOut<T> timedOut) {
            onTimedOut(timedOut);
        } else if (command instanceof Cancel<T> cancel) {
            onCancel(cancel);
        } else if (command instanceof PullAgain<T>) {
            onPullAgain();
        } else if (command instanceof Stop<T>) {
            return Behaviors.stopped();
        }
        return draining && current == NONE ? leave() : this;
    }

    /** Every lease newer than the last one seen is the coordinator's again. */
    private Behavior<Command<T>> leave() {
        coordinator.tell(new Coordinator.Leave<>(id, lastLease));
        return Behaviors.stopped();
    }

    private void onAssign(Assign<T> assign) {
        if (assign.lease() <= lastLease || draining) {
            return;
        }
        abandonCurrent(); // the coordinator has given up on it, or it would not assign another
        lastLease = assign.lease();
        current = assign.lease();
        currentTimeout = assign.timeout();
        timers.startSingleTimer("timeout", new TimedOut<>(current), assign.timeout());
        running = start(assign.work());
        long lease = current;
        getContext().pipeToSelf(running, (result, error) -> new Done<>(lease, result, error));
    }

    private CompletableFuture<R> start(T work) {
        try {
            return executor.execute(work);
        } catch (VirtualMachineError e) {
            throw e; // nothing more can be relied on in this process
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @SuppressWarnings("unchecked") // the results of this worker's own executor
    private void onDone(Done<T, ?> done) {
        if (done.lease() != current) {
            return;
        }
        endCurrent();
        if (done.error() == null) {
            coordinator.tell(new Coordinator.Completed<>(id, done.lease(), (R) done.result()));
            return;
        }
        Failure failure = Failure.of(done.error());
        coordinator.tell(new Coordinator.Failed<>(id, done.lease(), failure));
        if (failure.kind() == Failure.Kind.DEFECT && !draining) {
            getContext().getLog().debug("worker {} restarts after a defect", id, done.error());
            throw new DefectException(done.error());
        }
    }

    private void onTimedOut(TimedOut<T> timedOut) {
        if (timedOut.lease() == current) {
            String message = "no answer within " + currentTimeout.toMillis() / 1000.0 + " s";
            abandonCurrent();
            coordinator.tell(new Coordinator.Failed<>(
                    id, timedOut.lease(), new Failure(Failure.Kind.TRANSIENT, "Timeout", message)));
        }
    }

    private void onCancel(Cancel<T> cancel) {
        if (cancel.lease() == current) {
            abandonCurrent();
            pull();
        }
    }

    private void onPullAgain() {
        if (current == NONE) {
            pull();
        }
    }

    private void pull() {
        coordinator.tell(new Coordinator.Pull<>(id, getContext().getSelf(), lastLease));
    }

    private Behavior<Command<T>> abandonCurrent() {
        if (current != NONE) {
            endCurrent();
            running.cancel(true);
        }
        return this;
    }

    private void endCurrent() {
        current = NONE;
        timers.cancel("timeout");
    }
}
