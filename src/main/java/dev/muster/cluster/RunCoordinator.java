package dev.muster.cluster;

import dev.muster.cluster.metrics.RunGauges;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.cluster.protocol.RunProtocol.NodeProtocol;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.CheckpointStore.Content;
import dev.muster.engine.CheckpointStore.SupersededException;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Failure;
import dev.muster.engine.Progress;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Coordinates one run for the whole cluster: holds its state and its {@link Coordinator}, talks to the nodes, and
 * announces the run through the receptionist. It blocks while it reads and writes the state.
 *
 * <p>When it is started again, it continues from the last checkpoint. What workers did since then is done again
 * (invariant 5); their answers to its predecessor are lost or late (invariant 2). If it breaks, it fails, and its
 * parent starts it again.
 *
 * <p>While no node can do its tasks, it waits for one that can, and says so.
 */
final class RunCoordinator<T, R, P> extends AbstractBehavior<RunProtocol> {
    /** Key by which nodes find the runs to work for. */
    static final ServiceKey<RunProtocol> KEY = ServiceKey.create(RunProtocol.class, "muster-runs");

    /**
     * End the run; what has been merged becomes its result. Answered once this is certain to happen even if this node
     * dies.
     */
    record Cancel(ActorRef<RunReply> replyTo) implements RunProtocol {}

    /** Write a checkpoint and stop, so that another node can continue. */
    record Park() implements RunProtocol {}

    private record AskProgress() implements RunProtocol {}

    private record Standing(Progress progress) implements RunProtocol {}

    /** A node's proxy has ended. */
    record NodeGone(String node, ActorRef<Object> proxy) implements RunProtocol {}

    /** Messages of a node's proxy. */
    sealed interface FromProxy extends RunProtocol {}

    /** A node cannot do any tasks, for this reason, or can do tasks again. */
    record Fitness(String node, Optional<Failure> unfit) implements FromProxy {}

    /** An outage lasts, or is over. */
    record Notice(String text) implements FromProxy {}

    private record Ended(RunView.Outcome outcome, Content result, boolean resumable) implements RunProtocol {}

    /** Report to the parent: the state of the run. */
    record Seen(RunView view) implements RunRegistry.Internal {}

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);
    private static final Duration KEEP_AGAIN_AFTER = Duration.ofSeconds(5);
    /** Number of notices kept: more than are made between two polls of a client. */
    private static final int NOTICES = 20;

    private final RecoveredRun<T, R, P> taken;
    private final RunState state;
    private final ActorRef<? super Seen> parent;
    private final ActorRef<Coordinator.Command<T, R>> coordinator;
    private final ActorRef<Progress> standing;
    private final RemoteWorkerPool<T, R> remoteWorkers;
    private final RunGauges metrics;
    private final TimerScheduler<RunProtocol> timers;
    private final Deque<RunView.Notice> notices = new ArrayDeque<>();
    private boolean parking;
    private boolean resultNotKept;

    /**
     * Makes this node the coordinator of a run. It fails to start if the state cannot be read or written, or with
     * {@link RecoveredRun.UnusableException} if the state is unusable.
     */
    static <T, R, P> Behavior<RunProtocol> create(
            String run, JobType<T, R, P> type, RunRepository states, NodeContext node, ActorRef<? super Seen> parent) {
        return Behaviors.setup(context -> LogFields.of(
                run, NodeName.self(context.getSystem()), RunProtocol.class, begin(run, type, states, node, parent)));
    }

    private static <T, R, P> Behavior<RunProtocol> begin(
            String run, JobType<T, R, P> type, RunRepository states, NodeContext node, ActorRef<? super Seen> parent) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            RecoveredRun<T, R, P> taken = RecoveredRun.of(run, type, states, context.getSystem());
            timers.startTimerWithFixedDelay(new AskProgress(), PROGRESS_INTERVAL);
            return new RunCoordinator<>(context, timers, taken, type.resultType(), node, parent);
        }));
    }

    private RunCoordinator(
            ActorContext<RunProtocol> context,
            TimerScheduler<RunProtocol> timers,
            RecoveredRun<T, R, P> taken,
            Class<R> resultType,
            NodeContext node,
            ActorRef<? super Seen> parent) {
        super(context);
        this.timers = timers;
        this.taken = taken;
        this.state = taken.state();
        this.parent = parent;
        this.metrics = node.metrics().runs();
        this.standing = context.messageAdapter(Progress.class, Standing::new);
        this.coordinator = context.spawn(
                Coordinator.create(taken.job(), node.settings().engine(), state, taken.checkpoint(), spawnReceiver()),
                "coordinator");
        this.remoteWorkers = new RemoteWorkerPool<>(
                context, state.record().run(), coordinator, taken.job().taskType(), resultType);
        context.watch(coordinator);
        context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
        context.getLog()
                .info(
                        "run {} is coordinated here, as its coordinator number {}",
                        state.record().run(),
                        state.epoch());
        if (state.record().cancelled()) { // its last coordinator died before it could end the run
            coordinator.tell(new Coordinator.Stop<>());
        }
    }

    private ActorRef<RunResult<T, P>> spawnReceiver() {
        ActorRef<RunProtocol> self = getContext().getSelf();
        ResultCodec<T, P> codec =
                new ResultCodec<>(taken.job().taskType(), taken.job().partialType());
        Behavior<RunResult<T, P>> receiver = Behaviors.receiveMessage(result -> {
            boolean resumable = result.checkpoint().isPresent();
            self.tell(new Ended(outcome(result), out -> codec.encode(result, out), resumable));
            return Behaviors.stopped();
        });
        ActorRef<RunResult<T, P>> ref = getContext().spawn(receiver, "result");
        getContext().watch(ref);
        return ref;
    }

    private RunView.Outcome outcome(RunResult<T, P> result) {
        if (result.end() instanceof RunEnd.Interrupted) {
            return RunView.Outcome.CANCELLED;
        } else if (result.end() instanceof RunEnd.Halted) {
            return RunView.Outcome.FAILED;
        }
        return taken.job().summary().complete(result.summary()) ? RunView.Outcome.COMPLETE : RunView.Outcome.INCOMPLETE;
    }

    @Override
    public Receive<RunProtocol> createReceive() {
        return newReceiveBuilder()
                .onMessage(RunProtocol.Enlist.class, this::onEnlist)
                .onMessage(Fitness.class, this::onFitness)
                .onMessage(Notice.class, this::onNotice)
                .onMessage(NodeGone.class, this::onNodeGone)
                .onMessage(AskProgress.class, this::onAskProgress)
                .onMessage(Standing.class, this::onStanding)
                .onMessage(Cancel.class, this::onCancel)
                .onMessage(Park.class, this::onPark)
                .onMessage(Ended.class, this::onEnded)
                .onSignal(ChildFailed.class, this::onBroken)
                .onSignal(Terminated.class, ended -> this) // the result is coming, or has come
                .onSignal(PostStop.class, this::onStop)
                .build();
    }

    private Behavior<RunProtocol> onEnlist(RunProtocol.Enlist enlist) {
        ActorRef<Object> proxy = remoteWorkers.enlist(enlist);
        enlist.replyTo()
                .tell(new NodeProtocol.Serve(
                        state.record().run(),
                        state.record().job(),
                        state.record().arguments(),
                        proxy.narrow()));
        return this;
    }

    private Behavior<RunProtocol> onFitness(Fitness fitness) {
        remoteWorkers.fitness(fitness);
        return this;
    }

    private Behavior<RunProtocol> onNotice(Notice notice) {
        getContext().getLog().info("run {}: {}", state.record().run(), notice.text());
        long number = notices.isEmpty() ? 1 : notices.getLast().number() + 1;
        notices.addLast(new RunView.Notice(number, notice.text()));
        if (notices.size() > NOTICES) {
            notices.removeFirst();
        }
        return this;
    }

    private Behavior<RunProtocol> onNodeGone(NodeGone gone) {
        remoteWorkers.gone(gone);
        return this;
    }

    private Behavior<RunProtocol> onAskProgress(AskProgress ask) {
        coordinator.tell(new Coordinator.GetProgress<>(standing));
        return this;
    }

    private Behavior<RunProtocol> onStanding(Standing now) {
        metrics.seen(state.record().run(), state.record().job(), now.progress(), state::savedAt);
        parent.tell(new Seen(RunViewFactory.active(state, now.progress(), remoteWorkers, List.copyOf(notices))));
        return this;
    }

    private Behavior<RunProtocol> onCancel(Cancel cancel) {
        try {
            state.cancel();
        } catch (IOException e) {
            cancel.replyTo()
                    .tell(RunReply.refused("cannot end run " + state.record().run() + ": " + e.getMessage()));
            return this;
        }
        cancel.replyTo().tell(RunReply.of(RunViewFactory.bare(state.record())));
        coordinator.tell(new Coordinator.Stop<>());
        return this;
    }

    private Behavior<RunProtocol> onPark(Park park) {
        if (resultNotKept) {
            return Behaviors.stopped();
        }
        parking = true;
        coordinator.tell(new Coordinator.Stop<>());
        return this;
    }

    /**
     * A result that cannot be stored now is stored later; until then the last checkpoint stays, and the run reports the
     * problem.
     */
    private Behavior<RunProtocol> onEnded(Ended ended) {
        if (parking
                && ended.outcome() == RunView.Outcome.CANCELLED
                && !state.record().cancelled()) {
            return Behaviors.stopped();
        }
        try {
            state.end(ended.result(), ended.resumable(), ended.outcome(), Instant.now());
            getContext().getLog().info("run {} has ended", state.record().run());
        } catch (SupersededException e) {
            getContext()
                    .getLog()
                    .warn("run {}: {}; this node stops", state.record().run(), e.getMessage());
        } catch (IOException e) {
            String problem = "its tasks are done, but its result cannot be kept: " + e.getMessage() + "; trying again";
            if (!resultNotKept) {
                getContext().getLog().warn("run {}: {}", state.record().run(), problem);
            }
            resultNotKept = true;
            parent.tell(new Seen(RunViewFactory.waiting(RunViewFactory.bare(state.record()), problem)));
            timers.startSingleTimer(ended, KEEP_AGAIN_AFTER);
            return this;
        }
        return Behaviors.stopped();
    }

    private Behavior<RunProtocol> onBroken(ChildFailed failed) {
        throw new IllegalStateException("the run broke", failed.getCause());
    }

    private Behavior<RunProtocol> onStop(PostStop stop) {
        metrics.gone(state.record().run());
        taken.close();
        return this;
    }
}
