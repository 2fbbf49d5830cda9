package dev.muster.cluster;

import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Failure;
import dev.muster.engine.OutageLog;
import dev.muster.engine.Worker;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.event.Level;

/**
 * Represents all workers of a node beside a run's {@link Coordinator}: decodes their messages, encodes those to them,
 * and ends with the node's part in the run, so that the coordinator knows that they are gone. Its messages are the
 * engine's: commands for a coordinator from the workers, and commands for workers from the coordinator.
 *
 * <p>A node that is unfit gets no tasks for a while, and its tasks go to others at no cost. Then one of its workers may
 * try, repeatedly and with longer pauses: as soon as a task succeeds, the node is fit.
 */
final class NodeProxy<T, R> extends AbstractBehavior<Object> {
    /** The run's side of its proxies. */
    record Run<T, R>(
            ActorRef<Coordinator.Command<T, R>> coordinator,
            ActorRef<? super RunCoordinator.FromProxy> parent,
            OutageLog<T> outages,
            PayloadCodec<T> tasks,
            PayloadCodec<R> results) {}

    private record TryAgain() {}

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final TimerScheduler<Object> timers;
    private final String node;
    private final Run<T, R> run;
    private final Map<WorkerId, ActorRef<Worker.Command<Payload>>> workers = new HashMap<>();
    private final Map<WorkerId, T> underWay = new HashMap<>();
    private Optional<Failure> unfit = Optional.empty();
    private Optional<WorkerId> onTrial = Optional.empty();
    private boolean trialDue;
    private int trials;

    /** The proxy of a node; {@code part} is the actor on that node that ends with its part in the run. */
    static <T, R> Behavior<Object> create(String node, ActorRef<?> part, Run<T, R> run) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new NodeProxy<>(context, timers, node, part, run)));
    }

    private NodeProxy(
            ActorContext<Object> context, TimerScheduler<Object> timers, String node, ActorRef<?> part, Run<T, R> run) {
        super(context);
        this.timers = timers;
        this.node = node;
        this.run = run;
        context.watch(part);
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Coordinator.Pull.class, this::onPull)
                .onMessage(Coordinator.Completed.class, this::onCompleted)
                .onMessage(Coordinator.Failed.class, this::onFailed)
                .onMessage(Coordinator.Leave.class, this::onLeave)
                .onMessage(Worker.Assign.class, this::onAssign)
                .onMessage(Worker.Cancel.class, this::onCancel)
                .onMessage(Worker.Stop.class, runIsOver -> Behaviors.stopped()) // the node sees that by itself
                .onMessage(TryAgain.class, this::onTryAgain)
                .onSignal(Terminated.class, nodeIsGone -> Behaviors.stopped())
                .build();
    }

    private Behavior<Object> onPull(Coordinator.Pull<?, ?> pull) {
        workers.put(pull.worker(), pull.replyTo().unsafeUpcast());
        if (mayWork(pull.worker())) {
            run.coordinator()
                    .tell(new Coordinator.Pull<>(
                            pull.worker(), getContext().getSelf().narrow(), pull.lastLease()));
        }
        return this;
    }

    /** Lets one worker at a time try while the node is unfit. */
    private boolean mayWork(WorkerId worker) {
        if (trialDue) {
            trialDue = false;
            onTrial = Optional.of(worker);
        }
        return unfit.isEmpty() || onTrial.filter(worker::equals).isPresent();
    }

    private Behavior<Object> onCompleted(Coordinator.Completed<?, ?> completed) {
        fit();
        fared(completed.worker(), Optional.empty());
        try {
            R result = run.results().decode((Payload) completed.result());
            run.coordinator().tell(new Coordinator.Completed<>(completed.worker(), completed.lease(), result));
        } catch (IOException e) {
            Failure failure = new Failure(Failure.Kind.DEFECT, "UnreadableResult", String.valueOf(e.getMessage()));
            run.coordinator().tell(new Coordinator.Failed<>(completed.worker(), completed.lease(), failure));
        }
        return this;
    }

    private Behavior<Object> onFailed(Coordinator.Failed<?, ?> failed) {
        log(failed);
        if (failed.failure().kind() == Failure.Kind.UNFIT) {
            unfit(failed.worker(), failed.failure());
            putBack(failed.worker(), failed.lease());
        } else {
            fit();
            fared(failed.worker(), Optional.of(failed.failure()));
            run.coordinator().tell(new Coordinator.Failed<>(failed.worker(), failed.lease(), failed.failure()));
        }
        return this;
    }

    private void fared(WorkerId worker, Optional<Failure> failure) {
        T work = underWay.remove(worker);
        if (work != null) {
            failure.map(why -> run.outages().failed(work, why))
                    .orElseGet(() -> run.outages().worked(work))
                    .ifPresent(text -> run.parent().tell(new RunCoordinator.Notice(text)));
        }
    }

    private void fit() {
        if (unfit.isPresent()) {
            unfit = Optional.empty();
            trials = 0;
            timers.cancelAll();
            run.parent().tell(new RunCoordinator.Fitness(node, unfit));
        }
        onTrial = Optional.empty();
        trialDue = false;
    }

    /** The next trial is not delayed by tasks that had begun before the verdict. */
    private void unfit(WorkerId worker, Failure why) {
        if (unfit.isEmpty() || onTrial.filter(worker::equals).isPresent()) {
            trials++;
            onTrial = Optional.empty();
            Duration pause = Duration.ofNanos(PAUSES.delayNanos(trials, ThreadLocalRandom.current()));
            timers.startSingleTimer(new TryAgain(), SHORTEST_PAUSE.plus(pause));
        }
        unfit = Optional.of(why);
        run.parent().tell(new RunCoordinator.Fitness(node, unfit));
    }

    private Behavior<Object> onTryAgain(TryAgain again) {
        trialDue = true;
        return this;
    }

    private Behavior<Object> onLeave(Coordinator.Leave<?, ?> leave) {
        run.coordinator().tell(new Coordinator.Leave<>(leave.worker(), leave.lastLease()));
        return this;
    }

    private Behavior<Object> onAssign(Worker.Assign<?> assign) {
        if (unfit.isPresent() && onTrial.filter(assign.worker()::equals).isEmpty()) {
            putBack(assign.worker(), assign.lease());
            return this;
        }
        try {
            @SuppressWarnings("unchecked") // only this run's coordinator assigns
            T work = (T) assign.work();
            Payload task = encode(work);
            underWay.put(assign.worker(), work);
            workers.get(assign.worker())
                    .tell(new Worker.Assign<>(assign.worker(), assign.lease(), task, assign.timeout()));
        } catch (IOException e) {
            Failure failure = new Failure(Failure.Kind.INVALID, "UnsendableTask", String.valueOf(e.getMessage()));
            run.coordinator().tell(new Coordinator.Failed<>(assign.worker(), assign.lease(), failure));
        }
        return this;
    }

    /** Treats the worker as if it had not begun and were away. */
    private void putBack(WorkerId worker, long lease) {
        run.coordinator().tell(new Coordinator.Leave<>(worker, lease - 1));
    }

    private Payload encode(T work) throws IOException {
        Payload task = run.tasks().encode(work);
        if (!task.fitsIntoMessage()) {
            throw new IOException("a task of " + task + " is too large for a message");
        }
        return task;
    }

    private Behavior<Object> onCancel(Worker.Cancel<?> cancel) {
        workers.get(cancel.worker()).tell(new Worker.Cancel<>(cancel.worker(), cancel.lease()));
        return this;
    }

    /** Logs a failure without its message, which may name objects; the report has it. */
    private void log(Coordinator.Failed<?, ?> failed) {
        getContext()
                .getLog()
                .atLevel(failed.failure().kind() == Failure.Kind.THROTTLED ? Level.DEBUG : Level.INFO)
                .addKeyValue(LogFields.TASK, failed.lease())
                .log(
                        "task failed: {} ({})",
                        failed.failure().code(),
                        failed.failure().kind());
    }
}
