package dev.muster.engine;

import static java.util.Objects.requireNonNull;

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
import org.apache.pekko.actor.typed.javadsl.ReceiveBuilder;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Pulls one task at a time and reports its outcome (invariant 4). It never tries again (invariant 3): a failure goes to
 * the coordinator, and after a defect the worker itself is restarted with backoff.
 *
 * <p>An outcome that gets lost costs the work, not the task: the next pull shows the coordinator that it is missing.
 */
public final class Worker<T, R> extends AbstractBehavior<Worker.Command<T>> {
    /** Messages of the coordinator, of the node that is to be drained, and of the actor itself. */
    public sealed interface Command<T> {}

    /**
     * A task for a worker; a lease that it has seen already is ignored. It names the worker so that the message can be
     * passed on.
     */
    public record Assign<T>(WorkerId worker, long lease, T work, Duration timeout) implements Command<T> {}

    /** The outcome under this lease is no longer wanted. */
    public record Cancel<T>(WorkerId worker, long lease) implements Command<T> {}

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
    @SuppressWarnings("unchecked") // the messages' type arguments are this actor's
    public Receive<Command<T>> createReceive() {
        ReceiveBuilder<Command<T>> receive = newReceiveBuilder();
        receive.onMessage(Assign.class, this::onAssign);
        receive.onMessage(Done.class, this::onDone);
        receive.onMessage(TimedOut.class, this::onTimedOut);
        receive.onMessage(Cancel.class, this::onCancel);
        receive.onMessage(PullAgain.class, again -> onPullAgain());
        receive.onMessage(Drain.class, drain -> onDrain());
        receive.onMessage(Stop.class, stop -> Behaviors.stopped());
        receive.onSignal(PreRestart.class, signal -> abandonCurrent());
        receive.onSignal(PostStop.class, signal -> abandonCurrent());
        return receive.build();
    }

    private Behavior<Command<T>> onAssign(Assign<T> assign) {
        if (assign.lease() <= lastLease || draining) {
            return this;
        }
        abandonCurrent(); // the coordinator has given up on it, or it would not assign another
        lastLease = assign.lease();
        current = assign.lease();
        currentTimeout = assign.timeout();
        timers.startSingleTimer("timeout", new TimedOut<>(current), assign.timeout());
        running = start(assign.work());
        long lease = current;
        getContext().pipeToSelf(running, (result, error) -> new Done<>(lease, result, error));
        return this;
    }

    private CompletableFuture<R> start(T work) {
        try {
            return executor.execute(work);
        } catch (VirtualMachineError e) {
            throw e; // after such an error nothing in this process can be relied on
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Behavior<Command<T>> onDone(Done<T, R> done) {
        if (done.lease() != current) {
            return this;
        }
        endCurrent();
        if (done.error() == null) {
            coordinator.tell(new Coordinator.Completed<>(id, done.lease(), done.result()));
            return leaveIfDrained();
        }
        Failure failure = Failure.of(done.error());
        coordinator.tell(new Coordinator.Failed<>(id, done.lease(), failure));
        if (failure.kind() == Failure.Kind.DEFECT && !draining) {
            getContext().getLog().debug("worker {} restarts after a defect", id, done.error());
            throw new DefectException(done.error());
        }
        return leaveIfDrained();
    }

    private Behavior<Command<T>> onTimedOut(TimedOut<T> timedOut) {
        if (timedOut.lease() == current) {
            String message = "no answer within " + currentTimeout.toMillis() / 1000.0 + " s";
            abandonCurrent();
            coordinator.tell(new Coordinator.Failed<>(
                    id, timedOut.lease(), new Failure(Failure.Kind.TRANSIENT, "Timeout", message)));
        }
        return leaveIfDrained();
    }

    private Behavior<Command<T>> onCancel(Cancel<T> cancel) {
        if (cancel.lease() == current) {
            abandonCurrent();
            pull();
        }
        return leaveIfDrained();
    }

    private Behavior<Command<T>> onPullAgain() {
        if (current == NONE) {
            pull();
        }
        return this;
    }

    private Behavior<Command<T>> onDrain() {
        draining = true;
        return leaveIfDrained();
    }

    /** Leaves once nothing is under way; every lease newer than the last one seen is the coordinator's again. */
    private Behavior<Command<T>> leaveIfDrained() {
        if (!draining || current != NONE) {
            return this;
        }
        coordinator.tell(new Coordinator.Leave<>(id, lastLease));
        return Behaviors.stopped();
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

    /**
     * Names a worker.
     *
     * @param node the process that the worker lives in; workers of one node share its credentials
     * @param number tells the workers of a node apart
     */
    public record WorkerId(String node, int number) {
        public WorkerId {
            requireNonNull(node, "node is null");
        }

        @Override
        public String toString() {
            return node + "#" + number;
        }
    }
}
