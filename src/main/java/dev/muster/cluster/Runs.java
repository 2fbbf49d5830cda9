package dev.muster.cluster;

import dev.muster.cluster.state.RunRecord;
import dev.muster.cluster.state.RunStates;
import dev.muster.cluster.state.SavedRun;
import dev.muster.cluster.wire.Payload;
import dev.muster.cluster.wire.RunReply;
import dev.muster.cluster.wire.RunView;
import dev.muster.cluster.wire.ToRun;
import dev.muster.cluster.wire.ToRuns;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * Knows all runs and keeps those alive that have not ended. There is one in the cluster; a new one finds the runs in the
 * shared state, so that nothing but what came after the last checkpoints is lost with the old one's node.
 */
final class Runs extends AbstractBehavior<ToRuns> {
    /** Comes from this node only. */
    interface Internal extends ToRuns {}

    /** Stop, after all runs have written a checkpoint, for another node to go on. */
    record HandOver() implements Internal {}

    private record Revive(String run) implements Internal {}

    private static final Duration REVIVE_AFTER = Duration.ofSeconds(5);
    /** Bytes of a result in one message; well below the largest frame. */
    private static final int PART = 128 * 1024;

    private final TimerScheduler<ToRuns> timers;
    private final NodeContext node;
    private final RunStates states;
    private final ClusterViews cluster;
    private final Map<String, RunView> views = new TreeMap<>();
    private final Map<String, ActorRef<ToRun>> active = new HashMap<>();
    private Optional<SavedRun> lastRead = Optional.empty();
    private boolean handingOver;

    /** A registry that takes over all runs of the shared state. It fails to start if that cannot be read. */
    static Behavior<ToRuns> create(NodeContext node, RunStates states) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Runs(context, timers, node, states).takeOver()));
    }

    private Runs(ActorContext<ToRuns> context, TimerScheduler<ToRuns> timers, NodeContext node, RunStates states) {
        super(context);
        this.timers = timers;
        this.node = node;
        this.states = states;
        this.cluster = new ClusterViews(context.getSystem());
    }

    private Runs takeOver() throws IOException {
        Instant oldest = Instant.now().minus(node.settings().keepRuns());
        for (String run : states.list()) {
            Optional<RunRecord> record = states.read(run).map(SavedRun::record);
            if (record.flatMap(RunRecord::endedAt).filter(oldest::isAfter).isPresent()) {
                states.forget(run);
            } else {
                record.ifPresent(this::begin);
            }
        }
        getContext().getLog().info("this node coordinates; runs not ended: {}", active.keySet());
        return this;
    }

    @Override
    public Receive<ToRuns> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToRuns.Submit.class, this::onSubmit)
                .onMessage(ToRuns.GetRun.class, get -> reply(get.run(), get.replyTo()))
                .onMessage(ToRuns.Cancel.class, this::onCancel)
                .onMessage(ToRuns.ReadResult.class, this::onReadResult)
                .onMessage(ToRuns.GetCluster.class, this::onGetCluster)
                .onMessage(ToRuns.NodeReport.class, this::onNodeReport)
                .onMessage(Run.Seen.class, this::onSeen)
                .onMessage(Revive.class, this::onRevive)
                .onMessage(HandOver.class, this::onHandOver)
                .onSignal(Terminated.class, this::onRunStopped)
                .build();
    }

    private Behavior<ToRuns> onSubmit(ToRuns.Submit submit) {
        if (node.types().find(submit.job()).isEmpty()) {
            submit.replyTo()
                    .tell(RunReply.refused("the cluster's release of muster has no job " + submit.job()
                            + " for clusters; use the same release everywhere"));
            return this;
        }
        if (!views.containsKey(submit.run())) {
            try {
                begin(states.submit(
                        RunRecord.submitted(submit.run(), submit.job(), submit.arguments(), Instant.now())));
            } catch (IOException e) {
                submit.replyTo().tell(RunReply.refused("cannot keep the run's state: " + e.getMessage()));
                return this;
            }
        }
        return reply(submit.run(), submit.replyTo());
    }

    private void begin(RunRecord record) {
        views.put(record.run(), RunViews.bare(record));
        if (!record.ended()) {
            node.types()
                    .find(record.job())
                    .ifPresentOrElse(
                            type -> spawn(record.run(), type),
                            () -> views.put(
                                    record.run(), RunViews.waiting(record, "no job of this name: " + record.job())));
        }
    }

    private void spawn(String run, JobType<?, ?, ?> type) {
        ActorRef<ToRun> actor = getContext()
                .spawnAnonymous(
                        Run.create(run, type, states, node, getContext().getSelf()), DispatcherSelector.blocking());
        getContext().watch(actor);
        active.put(run, actor);
    }

    private Behavior<ToRuns> onSeen(Run.Seen seen) {
        views.put(seen.view().run(), seen.view());
        return this;
    }

    /** A run that has ended is left alone; one that broke is made anew after a while. */
    private Behavior<ToRuns> onRunStopped(Terminated stopped) throws IOException {
        String run = active.entrySet().stream()
                .filter(entry -> entry.getValue().path().equals(stopped.getRef().path()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        active.remove(run);
        if (handingOver) {
            return active.isEmpty() ? Behaviors.stopped() : this;
        }
        RunRecord record = states.read(run).orElseThrow().record();
        views.put(run, RunViews.bare(record));
        if (!record.ended()) {
            String problem = stopped instanceof ChildFailed failed
                    ? RootCause.of(failed.getCause())
                    : "another node coordinates it";
            getContext().getLog().warn("run {} stopped: {}; trying again", run, problem);
            views.put(run, RunViews.waiting(record, problem));
            timers.startSingleTimer(run, new Revive(run), REVIVE_AFTER);
        }
        return this;
    }

    private Behavior<ToRuns> onRevive(Revive revive) {
        JobType<?, ?, ?> type = node.types().find(views.get(revive.run()).job()).orElseThrow();
        spawn(revive.run(), type);
        return this;
    }

    private Behavior<ToRuns> onCancel(ToRuns.Cancel cancel) {
        ActorRef<ToRun> run = active.get(cancel.run());
        if (run != null) {
            run.tell(new Run.Cancel());
        }
        return reply(cancel.run(), cancel.replyTo());
    }

    private Behavior<ToRuns> reply(String run, ActorRef<RunReply> replyTo) {
        RunView view = views.get(run);
        replyTo.tell(view == null ? RunReply.refused("the cluster knows no run " + run) : RunReply.of(view));
        return this;
    }

    private Behavior<ToRuns> onReadResult(ToRuns.ReadResult read) throws IOException {
        if (lastRead.filter(saved -> saved.record().run().equals(read.run())).isEmpty()) {
            lastRead = states.read(read.run()).filter(saved -> saved.record().ended());
        }
        byte[] all = lastRead.map(SavedRun::payload).orElseGet(() -> new byte[0]);
        int from = Math.min(Math.max(0, read.offset()), all.length);
        byte[] part = Arrays.copyOfRange(all, from, Math.min(all.length, from + PART));
        int total = lastRead.isPresent() ? all.length : -1;
        read.replyTo().tell(new ToRuns.ResultPart(from, total, Payload.of(part)));
        return this;
    }

    private Behavior<ToRuns> onGetCluster(ToRuns.GetCluster get) {
        get.replyTo().tell(cluster.view(views.values()));
        return this;
    }

    private Behavior<ToRuns> onNodeReport(ToRuns.NodeReport report) {
        cluster.heard(report);
        return this;
    }

    private Behavior<ToRuns> onHandOver(HandOver handOver) {
        handingOver = true;
        timers.cancelAll();
        active.values().forEach(run -> run.tell(new Run.Park()));
        return active.isEmpty() ? Behaviors.stopped() : this;
    }
}
