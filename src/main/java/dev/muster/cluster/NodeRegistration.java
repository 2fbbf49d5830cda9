package dev.muster.cluster;

import dev.muster.cluster.protocol.NodeProtocol;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Asks a run that has announced itself what it is, until it answers, and then becomes the node's {@link NodeRun}. */
final class NodeRegistration {
    private record Ask() implements NodeProtocol {}

    private static final Duration ASK_INTERVAL = Duration.ofSeconds(1);

    private final ActorRef<RunProtocol> run;
    private final String name;
    private final NodeContext node;
    private final EngineSettings settings;

    static Behavior<NodeProtocol> create(ActorRef<RunProtocol> run, String name, NodeContext node) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new NodeRegistration(run, name, node).begin(context, timers)));
    }

    private NodeRegistration(ActorRef<RunProtocol> run, String name, NodeContext node) {
        this.run = run;
        this.name = name;
        this.node = node;
        this.settings = node.settings().engine();
    }

    private Behavior<NodeProtocol> begin(ActorContext<NodeProtocol> context, TimerScheduler<NodeProtocol> timers) {
        context.watch(run);
        timers.startTimerWithFixedDelay(new Ask(), Duration.ZERO, ASK_INTERVAL);
        return Behaviors.receive(NodeProtocol.class)
                .onMessage(Ask.class, ask -> {
                    run.tell(new RunProtocol.Enlist(name, settings.workers(), context.getSelf()));
                    return Behaviors.same();
                })
                .onMessage(NodeProtocol.Serve.class, serve -> {
                    timers.cancelAll();
                    return serve(context, serve);
                })
                .onMessage(NodeRun.Drain.class, drain -> Behaviors.stopped())
                .onSignal(Terminated.class, runIsOver -> Behaviors.stopped())
                .build();
    }

    private Behavior<NodeProtocol> serve(ActorContext<NodeProtocol> context, NodeProtocol.Serve serve) {
        Optional<JobType<?, ?, ?>> type = node.types().find(serve.job());
        if (type.isEmpty()) {
            return unfit("NoSuchJob", "this node's release of muster has no job " + serve.job() + " for clusters");
        }
        try {
            return LogFields.of(serve.run(), name, NodeProtocol.class, work(context, type.get(), serve));
        } catch (RuntimeException e) {
            context.getLog().error("cannot work for run {}", serve.run(), e);
            return unfit("CannotWork", RootCause.of(e));
        }
    }

    private <T, R, P> Behavior<NodeProtocol> work(
            ActorContext<NodeProtocol> context, JobType<T, R, P> type, NodeProtocol.Serve serve) {
        Job<T, R, P> job = type.create(serve.arguments(), new RunPlace(serve.run(), context.getSystem()));
        return NodeRun.create(
                run,
                name,
                settings,
                node.metrics().timed(job.name(), job.executor()),
                job.taskType(),
                type.resultType());
    }

    /** Workers that fail whatever they get: so the coordinator learns of it, and others do the work. */
    private Behavior<NodeProtocol> unfit(String code, String why) {
        Failure failure = new Failure(Failure.Kind.UNFIT, code, why);
        Executor<Object, Object> executor = task -> CompletableFuture.failedFuture(new TaskException(failure));
        return NodeRun.create(run, name, settings, executor, Object.class, Object.class);
    }
}
