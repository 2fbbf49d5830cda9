package dev.muster.cluster;

import dev.muster.cluster.metrics.RunGauges;
import dev.muster.cluster.state.RunState;
import dev.muster.cluster.state.RunStates;
import dev.muster.cluster.wire.Payload;
import dev.muster.cluster.wire.RunReply;
import dev.muster.cluster.wire.RunView;
import dev.muster.cluster.wire.ToNode;
import dev.muster.cluster.wire.ToRun;
import dev.muster.engine.Progress;
import dev.muster.engine.RunEnd;
import dev.muster.engine.RunResult;
import dev.muster.engine.actor.Coordinator;
import dev.muster.engine.checkpoint.SupersededException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Coordinates one run for the whole cluster: holds its state and its {@link Coordinator}, speaks for it with the nodes,
 * and announces it through the receptionist. It blocks while it reads and writes the state.
 *
 * <p>Made anew it goes on from the last checkpoint. What workers did since then is done again (invariant 5); their
 * answers to its predecessor are lost, or late (invariant 2). If it breaks, it fails: its parent makes it anew.
 *
 * <p>While no node can do its tasks it waits for one that can, and says so.
 */
final class Run<T, R, P> extends AbstractBehavior<ToRun> {
    /** Under this key nodes find the runs to work for. */
    static final ServiceKey<ToRun> KEY = ServiceKey.create(ToRun.class, "muster-runs");

    /** End the run; what has been merged becomes its result. Answered once that will happen whatever becomes of this node. */
    record Cancel(ActorRef<RunReply> replyTo) implements ToRun {}

    /** Write a checkpoint and stop, for another node to go on. */
    record Park() implements ToRun {}

    private record AskProgress() implements ToRun {}

    private record Standing(Progress progress) implements ToRun {}

    private record NodeGone(String node) implements ToRun {}

    private record Ended(boolean interrupted, Payload result) implements ToRun {}

    /** What the parent is told: how the run stands. */
    record Seen(RunView view) implements Runs.Internal {}

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);

    private final TakenRun<T, R, P> taken;
    private final RunState state;
    private final ActorRef<? super Seen> parent;
    private final ActorRef<Coordinator.Command<T, R>> coordinator;
    private final ActorRef<Progress> standing;
    private final Staff<T, R> staff;
    private final RunGauges metrics;
    private boolean parking;

    /**
     * A run of which this node becomes the coordinator. It fails to start if the state cannot be read or written, and as
     * {@link TakenRun.UnusableException} if that makes no sense.
     */
    static <T, R, P> Behavior<ToRun> create(
            String run, JobType<T, R, P> type, RunStates states, NodeContext node, ActorRef<? super Seen> parent) {
        return Behaviors.setup(context -> LogFields.of(
                run, NodeName.self(context.getSystem()), ToRun.class, begin(run, type, states, node, parent)));
    }

    private static <T, R, P> Behavior<ToRun> begin(
            String run, JobType<T, R, P> type, RunStates states, NodeContext node, ActorRef<? super Seen> parent) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            TakenRun<T, R, P> taken = TakenRun.of(run, type, states, context.getSystem());
            timers.startTimerWithFixedDelay(new AskProgress(), PROGRESS_INTERVAL);
            return new Run<>(context, taken, type.resultType(), node, parent);
        }));
    }

    private Run(
            ActorContext<ToRun> context,
            TakenRun<T, R, P> taken,
            Class<R> resultType,
            NodeContext node,
            ActorRef<? super Seen> parent) {
        super(context);
        this.taken = taken;
        this.state = taken.state();
        this.parent = parent;
        this.metrics = node.metrics().runs();
        this.standing = context.messageAdapter(Progress.class, Standing::new);
        this.coordinator = context.spawn(
                Coordinator.create(taken.job(), node.settings().engine(), state, taken.checkpoint(), spawnReceiver()),
                "coordinator");
        this.staff = new Staff<>(context, coordinator, taken.job().taskType(), resultType);
        context.watch(coordinator);
        context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
        context.getLog()
                .info(
                        "run {} is coordinated here, as its coordinator number {}",
                        state.record().run(),
                        state.epoch());
        if (state.record().cancelled()) { // its last coordinator did not live to end it
            coordinator.tell(new Coordinator.Stop<>());
        }
    }

    private ActorRef<RunResult<T, P>> spawnReceiver() {
        ActorRef<ToRun> self = getContext().getSelf();
        ResultCodec<T, P> codec =
                new ResultCodec<>(taken.job().taskType(), taken.job().partialType());
        Behavior<RunResult<T, P>> receiver = Behaviors.receiveMessage(result -> {
            self.tell(new Ended(result.end() instanceof RunEnd.Interrupted, Payload.of(codec.encode(result))));
            return Behaviors.stopped();
        });
        ActorRef<RunResult<T, P>> ref = getContext().spawn(receiver, "result");
        getContext().watch(ref);
        return ref;
    }

    @Override
    public Receive<ToRun> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToRun.Enlist.class, this::onEnlist)
                .onMessage(ToRun.Pull.class, this::onPull)
                .onMessage(ToRun.Completed.class, this::onCompleted)
                .onMessage(ToRun.Failed.class, this::onFailed)
                .onMessage(ToRun.Leave.class, this::onLeave)
                .onMessage(NodeGone.class, this::onNodeGone)
                .onMessage(AskProgress.class, this::onAskProgress)
                .onMessage(Standing.class, this::onStanding)
                .onMessage(Cancel.class, this::onCancel)
                .onMessage(Park.class, this::onPark)
                .onMessage(Ended.class, this::onEnded)
                .onSignal(ChildFailed.class, this::onBroken)
                .onSignal(Terminated.class, ended -> this) // the result comes, or has come
                .onSignal(PostStop.class, this::onStop)
                .build();
    }

    private Behavior<ToRun> onEnlist(ToRun.Enlist enlist) {
        if (staff.enlist(enlist)) {
            getContext().getLog().info("{} works for the run, with {} workers", enlist.node(), enlist.workers());
            getContext().watchWith(enlist.replyTo(), new NodeGone(enlist.node()));
        }
        enlist.replyTo()
                .tell(new ToNode.Serve(
                        state.record().run(),
                        state.record().job(),
                        state.record().arguments()));
        return this;
    }

    private Behavior<ToRun> onPull(ToRun.Pull pull) {
        staff.pull(pull);
        return this;
    }

    private Behavior<ToRun> onCompleted(ToRun.Completed completed) {
        staff.completed(completed);
        return this;
    }

    private Behavior<ToRun> onFailed(ToRun.Failed failed) {
        staff.failed(failed);
        return this;
    }

    private Behavior<ToRun> onLeave(ToRun.Leave leave) {
        staff.leave(leave);
        return this;
    }

    private Behavior<ToRun> onNodeGone(NodeGone gone) {
        getContext().getLog().info("{} works for the run no more", gone.node());
        staff.gone(gone.node());
        return this;
    }

    private Behavior<ToRun> onAskProgress(AskProgress ask) {
        coordinator.tell(new Coordinator.GetProgress<>(standing));
        return this;
    }

    private Behavior<ToRun> onStanding(Standing now) {
        metrics.seen(state.record().run(), state.record().job(), now.progress(), state::savedAt);
        parent.tell(new Seen(RunViews.active(state.record(), now.progress(), staff)));
        return this;
    }

    private Behavior<ToRun> onCancel(Cancel cancel) {
        try {
            state.cancel();
        } catch (IOException e) {
            cancel.replyTo()
                    .tell(RunReply.refused("cannot end run " + state.record().run() + ": " + e.getMessage()));
            return this;
        }
        cancel.replyTo().tell(RunReply.of(RunViews.bare(state.record())));
        coordinator.tell(new Coordinator.Stop<>());
        return this;
    }

    private Behavior<ToRun> onPark(Park park) {
        parking = true;
        coordinator.tell(new Coordinator.Stop<>());
        return this;
    }

    private Behavior<ToRun> onEnded(Ended ended) throws IOException {
        if (!parking || !ended.interrupted() || state.record().cancelled()) {
            try {
                state.end(ended.result().bytes(), Instant.now());
                getContext().getLog().info("run {} has ended", state.record().run());
            } catch (SupersededException e) {
                getContext()
                        .getLog()
                        .warn("run {}: {}; this node stops", state.record().run(), e.getMessage());
            }
        }
        return Behaviors.stopped();
    }

    private Behavior<ToRun> onBroken(ChildFailed failed) {
        throw new IllegalStateException("the run broke", failed.getCause());
    }

    private Behavior<ToRun> onStop(PostStop stop) {
        metrics.gone(state.record().run());
        taken.close();
        return this;
    }
}
