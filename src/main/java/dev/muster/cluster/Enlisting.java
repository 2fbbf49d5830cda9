package dev.muster.cluster;

import dev.muster.cluster.wire.ToNode;
import dev.muster.cluster.wire.ToRun;
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
final class Enlisting {
    private record Ask() implements ToNode {}

    private static final Duration ASK_INTERVAL = Duration.ofSeconds(1);

    private final ActorRef<ToRun> run;
    private final String name;
    private final NodeContext node;
    private final EngineSettings settings;

    static Behavior<ToNode> create(ActorRef<ToRun> run, String name, NodeContext node) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Enlisting(run, name, node).begin(context, timers)));
    }

    private Enlisting(ActorRef<ToRun> run, String name, NodeContext node) {
        this.run = run;
        this.name = name;
        this.node = node;
        this.settings = node.settings().engine();
    }

    private Behavior<ToNode> begin(ActorContext<ToNode> context, TimerScheduler<ToNode> timers) {
        context.watch(run);
        timers.startTimerWithFixedDelay(new Ask(), Duration.ZERO, ASK_INTERVAL);
        return Behaviors.receive(ToNode.class)
                .onMessage(Ask.class, ask -> {
                    run.tell(new ToRun.Enlist(name, settings.workers(), context.getSelf()));
                    return Behaviors.same();
                })
                .onMessage(ToNode.Serve.class, serve -> {
                    timers.cancelAll();
                    return serve(context, serve);
                })
                .onMessage(NodeRun.Drain.class, drain -> Behaviors.stopped())
                .onSignal(Terminated.class, runIsOver -> Behaviors.stopped())
                .build();
    }

    private Behavior<ToNode> serve(ActorContext<ToNode> context, ToNode.Serve serve) {
        Optional<JobType<?, ?, ?>> type = node.types().find(serve.job());
        if (type.isEmpty()) {
            return unfit("NoSuchJob", "this node's release of muster has no job " + serve.job() + " for clusters");
        }
        try {
            return LogFields.of(serve.run(), name, ToNode.class, work(context, type.get(), serve));
        } catch (RuntimeException e) {
            context.getLog().error("cannot work for run {}", serve.run(), e);
            return unfit("CannotWork", RootCause.of(e));
        }
    }

    private <T, R, P> Behavior<ToNode> work(ActorContext<ToNode> context, JobType<T, R, P> type, ToNode.Serve serve) {
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
    private Behavior<ToNode> unfit(String code, String why) {
        Failure failure = new Failure(Failure.Kind.UNFIT, code, why);
        Executor<Object, Object> executor = task -> CompletableFuture.failedFuture(new TaskException(failure));
        return NodeRun.create(run, name, settings, executor, Object.class, Object.class);
    }
}
