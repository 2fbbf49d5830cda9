package dev.muster.cluster;

import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RunReply;
import dev.muster.cluster.protocol.RunView;
import dev.muster.cluster.protocol.SharedActorProtocol;
import dev.muster.engine.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;

/**
 * The life of a keeper under Cluster Sharding: learns from the registry what its run is, has the job's own actor keep, and
 * before it moves, or ends with its run, has that make all durable that it keeps.
 *
 * <p>What it kept is lost with its node. Sharding remembers it and starts it elsewhere, with nothing.
 */
final class SharedActorEntity extends AbstractBehavior<SharedActorProtocol> {
    /** Sharding's request to end here: a hand-off to another node, or the end that the keeper has asked for. */
    record Leave() implements SharedActorProtocol {}

    private record Look() implements SharedActorProtocol {}

    private record Known(RunReply reply) implements SharedActorProtocol {}

    private record Fit(SharedActorLink<?, ?> link) implements SharedActorProtocol {}

    private record Unfit(Throwable why) implements SharedActorProtocol {}

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN_INTERVAL = Duration.ofSeconds(10);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(3);
    private static final int MAX_TRIES = 5;

    /**
     * What a keeper needs of its node.
     *
     * @param all the way to other keepers
     * @param stopKeeping hands all keepers of this node over to others, for good
     */
    record Node(
            JobTypeRegistry types,
            SharedActorHostTable hosts,
            ActorRef<RegistryProtocol> registry,
            ShardedActors all,
            Runnable stopKeeping) {}

    private final TimerScheduler<SharedActorProtocol> timers;
    private final EntityContext<SharedActorProtocol> entity;
    private final SharedActorName name;
    private final Node node;
    private final ActorRef<RunReply> replies;
    private final List<SharedActorProtocol> waiting = new ArrayList<>();
    private boolean hosted;
    private int tries;
    private Optional<SharedActorLink<?, ?>> link = Optional.empty();
    private boolean runIsOver;

    static Behavior<SharedActorProtocol> create(EntityContext<SharedActorProtocol> entity, Node node) {
        return Behaviors.setup(context -> LogFields.of(
                SharedActorName.parse(entity.getEntityId()).run(),
                NodeName.self(context.getSystem()),
                SharedActorProtocol.class,
                Behaviors.withTimers(timers -> new SharedActorEntity(context, timers, entity, node))));
    }

    private SharedActorEntity(
            ActorContext<SharedActorProtocol> context,
            TimerScheduler<SharedActorProtocol> timers,
            EntityContext<SharedActorProtocol> entity,
            Node node) {
        super(context);
        context.setLoggerName(SharedActorEntity.class);
        this.timers = timers;
        this.entity = entity;
        this.name = SharedActorName.parse(entity.getEntityId());
        this.node = node;
        this.replies = context.messageAdapter(RunReply.class, Known::new);
        timers.startTimerWithFixedDelay("look", new Look(), Duration.ZERO, LOOK_INTERVAL);
    }

    @Override
    public Receive<SharedActorProtocol> createReceive() {
        return newReceiveBuilder()
                .onMessage(SharedActorProtocol.Ask.class, this::onWork)
                .onMessage(SharedActorProtocol.Inherit.class, this::onWork)
                .onMessage(SharedActorLink.Answered.class, this::onAnswered)
                .onMessage(Look.class, this::onLook)
                .onMessage(Known.class, this::onKnown)
                .onMessage(Fit.class, this::onFit)
                .onMessage(Unfit.class, this::onUnfit)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(SharedActorLink.Settled.class, this::onSettled)
                .onSignal(PostStop.class, this::onStop)
                .build();
    }

    private Behavior<SharedActorProtocol> onWork(SharedActorProtocol work) {
        link.ifPresentOrElse(keeper -> keeper.tell(work), () -> await(work));
        return this;
    }

    /** A question that is repeated waits once. */
    private void await(SharedActorProtocol work) {
        if (work instanceof SharedActorProtocol.Ask ask) {
            waiting.removeIf(other -> other instanceof SharedActorProtocol.Ask before
                    && before.id().equals(ask.id()));
        }
        waiting.add(work);
    }

    private Behavior<SharedActorProtocol> onAnswered(SharedActorLink.Answered answered) {
        link.orElseThrow().onAnswer(answered);
        return this;
    }

    private Behavior<SharedActorProtocol> onLook(Look look) {
        node.registry().tell(new RegistryProtocol.GetRun(name.run(), replies));
        return this;
    }

    private Behavior<SharedActorProtocol> onKnown(Known known) {
        Optional<RunView> view = known.reply().view();
        runIsOver = view.isEmpty() || view.get().ended();
        if (runIsOver) {
            timers.cancelAll();
            entity.getShard().tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        } else if (!hosted) {
            timers.startTimerWithFixedDelay("look", new Look(), LOOK_AGAIN_INTERVAL);
            node.types().find(view.get().job()).flatMap(JobType::keepers).ifPresent(type -> host(type, view.get()));
        }
        return this;
    }

    private void host(SharedActorType<?, ?> type, RunView view) {
        try {
            begin(type, view);
        } catch (RuntimeException e) { // what the job says is wrong with this node
            getContext().getSelf().tell(new Unfit(e));
        }
    }

    private <Q, A> void begin(SharedActorType<Q, A> type, RunView view) {
        SharedActorHost<Q, A> host = node.hosts().acquire(name.run(), type, view.arguments());
        hosted = true;
        getContext()
                .pipeToSelf(
                        host.fit(),
                        (fit, why) -> why == null
                                ? new Fit(new SharedActorLink<>(getContext(), type, host.keeper(name.name())))
                                : new Unfit(why));
    }

    private Behavior<SharedActorProtocol> onFit(Fit fit) {
        link = Optional.of(fit.link());
        fit.link().start();
        waiting.forEach(fit.link()::tell);
        waiting.clear();
        return this;
    }

    /**
     * What may pass is tried again. Then this node hands all its keepers, of all runs, over to others and takes no more until
     * it is started anew: Cluster Sharding can move a node's shares only as a whole, and not back.
     */
    private Behavior<SharedActorProtocol> onUnfit(Unfit unfit) {
        tries++;
        if (mayPass(unfit.why()) && tries < MAX_TRIES) {
            getContext().getLog().info("cannot keep {} now: {}; trying again", name, RootCause.of(unfit.why()));
            node.hosts().release(name.run());
            hosted = false;
            timers.startTimerWithFixedDelay("look", new Look(), TRY_AGAIN_AFTER, LOOK_AGAIN_INTERVAL);
            return this;
        }
        getContext()
                .getLog()
                .warn(
                        "cannot keep {}: {}; other nodes keep it, and this one keeps nothing until it is started anew",
                        name,
                        RootCause.of(unfit.why()));
        node.stopKeeping().run();
        return this;
    }

    /** What a job's host is fit for is a matter of its node, unless the failure says that it may pass. */
    private boolean mayPass(Throwable why) {
        Failure.Kind kind = Failure.of(why).kind();
        return hosted && (kind == Failure.Kind.THROTTLED || kind == Failure.Kind.TRANSIENT);
    }

    private Behavior<SharedActorProtocol> onLeave(Leave leave) {
        timers.cancelAll();
        if (link.isEmpty()) {
            return left(Optional.empty());
        }
        link.get().settle();
        return this;
    }

    private Behavior<SharedActorProtocol> onSettled(SharedActorLink.Settled settled) {
        return left(link.orElseThrow().left(settled));
    }

    /** What is left to do is its successor's. */
    private Behavior<SharedActorProtocol> left(Optional<Payload> untold) {
        if (!runIsOver) {
            untold.ifPresent(payload -> waiting.add(new SharedActorProtocol.Inherit(payload)));
            waiting.forEach(work -> node.all().tell(name, work));
        }
        return Behaviors.stopped();
    }

    private Behavior<SharedActorProtocol> onStop(PostStop stop) {
        if (hosted) {
            node.hosts().release(name.run());
        }
        return this;
    }
}
