package dev.muster.cluster;

import dev.muster.cluster.wire.Payload;
import dev.muster.cluster.wire.RunReply;
import dev.muster.cluster.wire.RunView;
import dev.muster.cluster.wire.ToKeeper;
import dev.muster.cluster.wire.ToRuns;
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
final class KeeperEntity extends AbstractBehavior<ToKeeper> {
    /** Sharding's request to end here: a hand-off to another node, or the end that the keeper has asked for. */
    record Leave() implements ToKeeper {}

    private record Look() implements ToKeeper {}

    private record Known(RunReply reply) implements ToKeeper {}

    private record Fit(KeeperLink<?, ?> link) implements ToKeeper {}

    private record Unfit(Throwable why) implements ToKeeper {}

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
    record Node(JobTypes types, KeeperHosts hosts, ActorRef<ToRuns> registry, Keepers all, Runnable stopKeeping) {}

    private final TimerScheduler<ToKeeper> timers;
    private final EntityContext<ToKeeper> entity;
    private final KeeperName name;
    private final Node node;
    private final ActorRef<RunReply> replies;
    private final List<ToKeeper> waiting = new ArrayList<>();
    private boolean hosted;
    private int tries;
    private Optional<KeeperLink<?, ?>> link = Optional.empty();
    private boolean runIsOver;

    static Behavior<ToKeeper> create(EntityContext<ToKeeper> entity, Node node) {
        return Behaviors.setup(context -> LogFields.of(
                KeeperName.parse(entity.getEntityId()).run(),
                NodeName.self(context.getSystem()),
                ToKeeper.class,
                Behaviors.withTimers(timers -> new KeeperEntity(context, timers, entity, node))));
    }

    private KeeperEntity(
            ActorContext<ToKeeper> context,
            TimerScheduler<ToKeeper> timers,
            EntityContext<ToKeeper> entity,
            Node node) {
        super(context);
        context.setLoggerName(KeeperEntity.class);
        this.timers = timers;
        this.entity = entity;
        this.name = KeeperName.parse(entity.getEntityId());
        this.node = node;
        this.replies = context.messageAdapter(RunReply.class, Known::new);
        timers.startTimerWithFixedDelay("look", new Look(), Duration.ZERO, LOOK_INTERVAL);
    }

    @Override
    public Receive<ToKeeper> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToKeeper.Ask.class, this::onWork)
                .onMessage(ToKeeper.Inherit.class, this::onWork)
                .onMessage(KeeperLink.Answered.class, this::onAnswered)
                .onMessage(Look.class, this::onLook)
                .onMessage(Known.class, this::onKnown)
                .onMessage(Fit.class, this::onFit)
                .onMessage(Unfit.class, this::onUnfit)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(KeeperLink.Settled.class, this::onSettled)
                .onSignal(PostStop.class, this::onStop)
                .build();
    }

    private Behavior<ToKeeper> onWork(ToKeeper work) {
        link.ifPresentOrElse(keeper -> keeper.tell(work), () -> await(work));
        return this;
    }

    /** A question that is repeated waits once. */
    private void await(ToKeeper work) {
        if (work instanceof ToKeeper.Ask ask) {
            waiting.removeIf(
                    other -> other instanceof ToKeeper.Ask before && before.id().equals(ask.id()));
        }
        waiting.add(work);
    }

    private Behavior<ToKeeper> onAnswered(KeeperLink.Answered answered) {
        link.orElseThrow().onAnswer(answered);
        return this;
    }

    private Behavior<ToKeeper> onLook(Look look) {
        node.registry().tell(new ToRuns.GetRun(name.run(), replies));
        return this;
    }

    private Behavior<ToKeeper> onKnown(Known known) {
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

    private void host(KeeperType<?, ?> type, RunView view) {
        try {
            begin(type, view);
        } catch (RuntimeException e) { // what the job says is wrong with this node
            getContext().getSelf().tell(new Unfit(e));
        }
    }

    private <Q, A> void begin(KeeperType<Q, A> type, RunView view) {
        KeeperHost<Q, A> host = node.hosts().acquire(name.run(), type, view.arguments());
        hosted = true;
        getContext()
                .pipeToSelf(
                        host.fit(),
                        (fit, why) -> why == null
                                ? new Fit(new KeeperLink<>(getContext(), type, host.keeper(name.name())))
                                : new Unfit(why));
    }

    private Behavior<ToKeeper> onFit(Fit fit) {
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
    private Behavior<ToKeeper> onUnfit(Unfit unfit) {
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

    private Behavior<ToKeeper> onLeave(Leave leave) {
        timers.cancelAll();
        if (link.isEmpty()) {
            return left(Optional.empty());
        }
        link.get().settle();
        return this;
    }

    private Behavior<ToKeeper> onSettled(KeeperLink.Settled settled) {
        return left(link.orElseThrow().left(settled));
    }

    /** What is left to do is its successor's. */
    private Behavior<ToKeeper> left(Optional<Payload> untold) {
        if (!runIsOver) {
            untold.ifPresent(payload -> waiting.add(new ToKeeper.Inherit(payload)));
            waiting.forEach(work -> node.all().tell(name, work));
        }
        return Behaviors.stopped();
    }

    private Behavior<ToKeeper> onStop(PostStop stop) {
        if (hosted) {
            node.hosts().release(name.run());
        }
        return this;
    }
}
