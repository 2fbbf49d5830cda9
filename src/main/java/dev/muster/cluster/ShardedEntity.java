package dev.muster.cluster;

import dev.muster.cluster.JobType.JobTypeRegistry;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.RunView;
import dev.muster.cluster.protocol.ShardedProtocol;
import dev.muster.engine.Failure;
import dev.muster.engine.limit.Backoff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;

/**
 * Life cycle of a sharded actor: learns from the registry which run it belongs to, starts the job's own actor, and has
 * that make everything durable before it moves or ends with its run.
 *
 * <p>No question is passed to the job's actor twice. Answers are kept as long as their asker may repeat the question,
 * which the asker states: as many as it has open, and no more. What the actor held is lost with its node; sharding
 * remembers its name and starts it elsewhere, empty.
 */
final class ShardedEntity extends AbstractBehavior<ShardedProtocol> {
    /** Request of Cluster Sharding to end here, for a hand-off to another node or because the entity asked for it. */
    record Leave() implements ShardedProtocol {}

    private record Look() implements ShardedProtocol {}

    private record Known(RunReply reply) implements ShardedProtocol {}

    private record Start<Q, A, C>(ShardedActorType<Q, A, C> type, ShardedActorType.Host<C> host)
            implements ShardedProtocol {}

    private record Unfit(Throwable why) implements ShardedProtocol {}

    private record Answered(String asker, long number, Payload answer, Throwable error) implements ShardedProtocol {}

    private record Settled(Optional<Payload> left) implements ShardedProtocol {}

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN_INTERVAL = Duration.ofSeconds(10);
    /** Tries of a node that has never been fit for a run before it lets others try. */
    private static final int MAX_TRIES = 5;
    /** No timeout: the job's actor answers when it can; if it breaks, so does this one. */
    private static final Duration FOR_EVER = Duration.ofDays(30);

    /**
     * Parts of a node that an entity needs.
     *
     * @param all access to other entities
     * @param refusals topic by which all nodes learn that this one cannot hold an entity
     */
    record Node(
            JobTypeRegistry types,
            Hosts hosts,
            ActorRef<RegistryProtocol> registry,
            ShardedActors all,
            Consumer<ShardedActors.Name> refusals) {}

    /** This node's hosts, one for each run that has actors here. Thread-safe. */
    static final class Hosts {
        private static final class Shared {
            private final ShardedActorType.Host<?> host;
            private int users;

            Shared(ShardedActorType.Host<?> host) {
                this.host = host;
            }
        }

        private final ActorSystem<?> node;
        private final Backoff pauses;
        private final Map<String, Shared> byRun = new HashMap<>();
        private final Set<String> fitFor = new HashSet<>();
        private final Set<String> refused = new HashSet<>();

        /** @param pauses the pauses before an unfit node tries again */
        Hosts(ActorSystem<?> node, Backoff pauses) {
            this.node = node;
            this.pauses = pauses;
        }

        /** Notes that the node can hold actors of a run, or could once. */
        synchronized void fit(String run) {
            fitFor.add(run);
            refused.remove(run);
        }

        synchronized boolean wasFit(String run) {
            return fitFor.contains(run);
        }

        /** Notes that the node cannot; returns whether that is news. */
        synchronized boolean refuse(String run) {
            return refused.add(run);
        }

        synchronized boolean hasRefused(String run) {
            return refused.contains(run);
        }

        synchronized void forget(String run) {
            fitFor.remove(run);
            refused.remove(run);
        }

        /** The run's host; each use must end with {@link #release}. */
        @SuppressWarnings("unchecked") // a run has one job, which has one type of actors
        synchronized <C> ShardedActorType.Host<C> acquire(
                String run, ShardedActorType<?, ?, C> type, SortedMap<String, String> arguments) {
            Shared shared = byRun.computeIfAbsent(run, name -> new Shared(type.host(arguments, node)));
            shared.users++;
            return (ShardedActorType.Host<C>) shared.host;
        }

        synchronized void release(String run) {
            Shared shared = byRun.get(run);
            shared.users--;
            if (shared.users == 0) {
                byRun.remove(run);
                shared.host.close();
            }
        }
    }

    /** The job's actor, to which questions come encoded. */
    private record Encoded<Q, A, C>(ShardedActorType<Q, A, C> type, ActorRef<C> actor, ActorSystem<?> system) {
        CompletionStage<Payload> ask(Payload question) throws IOException {
            Q decoded = new PayloadCodec<>(type.questionType()).decode(question);
            return AskPattern.<C, A>ask(actor, replyTo -> type.ask(decoded, replyTo), FOR_EVER, system.scheduler())
                    .thenApply(this::encode);
        }

        void inherit(Payload left) throws IOException {
            actor.tell(type.inherit(new PayloadCodec<>(type.answerType()).decode(left)));
        }

        CompletionStage<Optional<Payload>> settle() {
            return AskPattern.<C, Optional<A>>ask(actor, type::settle, FOR_EVER, system.scheduler())
                    .thenApply(left -> left.map(this::encode));
        }

        private Payload encode(A answer) {
            try {
                return new PayloadCodec<>(type.answerType()).encode(answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Questions that an asker may still repeat. */
    private static final class Questions {
        private final SortedMap<Long, ActorRef<ShardedProtocol.Answer>> open = new TreeMap<>();
        private final SortedMap<Long, ShardedProtocol.Answer> answered = new TreeMap<>();
        private long openFrom;

        /** Tells whether the question is new, and so must be passed on. */
        boolean isNew(ShardedProtocol.Ask ask) {
            openFrom = Math.max(openFrom, ask.openFrom());
            answered.headMap(openFrom).clear();
            ShardedProtocol.Answer again = answered.get(ask.number());
            if (again != null) {
                ask.replyTo().tell(again);
            }
            return again == null && ask.number() >= openFrom && open.put(ask.number(), ask.replyTo()) == null;
        }

        void answer(long number, Payload payload) {
            ShardedProtocol.Answer answer = new ShardedProtocol.Answer(payload);
            if (number >= openFrom) {
                answered.put(number, answer);
            }
            open.remove(number).tell(answer);
        }
    }

    private final TimerScheduler<ShardedProtocol> timers;
    private final EntityContext<ShardedProtocol> entity;
    private final ShardedActors.Name name;
    private final Node node;
    private final ActorRef<RunReply> replies;
    private final Map<String, Questions> askers = new HashMap<>();
    private final List<ShardedProtocol> waiting = new ArrayList<>();
    private boolean hosted;
    private int tries;
    private Optional<Encoded<?, ?, ?>> actor = Optional.empty();
    private boolean runIsOver;

    static Behavior<ShardedProtocol> create(EntityContext<ShardedProtocol> entity, Node node) {
        return Behaviors.setup(context -> LogFields.of(
                ShardedActors.Name.parse(entity.getEntityId()).run(),
                NodeName.self(context.getSystem()),
                ShardedProtocol.class,
                Behaviors.withTimers(timers -> new ShardedEntity(context, timers, entity, node))));
    }

    private ShardedEntity(
            ActorContext<ShardedProtocol> context,
            TimerScheduler<ShardedProtocol> timers,
            EntityContext<ShardedProtocol> entity,
            Node node) {
        super(context);
        context.setLoggerName(ShardedEntity.class);
        this.timers = timers;
        this.entity = entity;
        this.name = ShardedActors.Name.parse(entity.getEntityId());
        this.node = node;
        this.replies = context.messageAdapter(RunReply.class, Known::new);
        timers.startTimerWithFixedDelay("look", new Look(), Duration.ZERO, LOOK_INTERVAL);
    }

    @Override
    public Receive<ShardedProtocol> createReceive() {
        return newReceiveBuilder()
                .onMessage(ShardedProtocol.Ask.class, this::onWork)
                .onMessage(ShardedProtocol.Inherit.class, this::onWork)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Look.class, this::onLook)
                .onMessage(Known.class, this::onKnown)
                .onMessage(Start.class, this::onStart)
                .onMessage(Unfit.class, this::onUnfit)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(Settled.class, settled -> left(settled.left()))
                .onSignal(PostStop.class, this::onStop)
                .build();
    }

    private Behavior<ShardedProtocol> onWork(ShardedProtocol work) {
        actor.ifPresentOrElse(held -> tell(held, work), () -> await(work));
        return this;
    }

    /** Keeps a question until it can be passed on; a repeated one is kept once. */
    private void await(ShardedProtocol work) {
        if (work instanceof ShardedProtocol.Ask ask) {
            waiting.removeIf(other -> other instanceof ShardedProtocol.Ask before
                    && before.asker().equals(ask.asker())
                    && before.number() == ask.number());
        }
        waiting.add(work);
    }

    private void tell(Encoded<?, ?, ?> held, ShardedProtocol work) {
        try {
            if (work instanceof ShardedProtocol.Inherit inherit) {
                held.inherit(inherit.left());
            } else if (work instanceof ShardedProtocol.Ask ask
                    && askers.computeIfAbsent(ask.asker(), asker -> new Questions())
                            .isNew(ask)) {
                getContext()
                        .pipeToSelf(
                                held.ask(ask.question()),
                                (answer, error) -> new Answered(ask.asker(), ask.number(), answer, error));
            }
        } catch (IOException e) {
            // If it stays unanswered, the asker repeats it and finally gives up.
            getContext().getLog().error("cannot read what {} is told: {}", name, e.getMessage());
        }
    }

    private Behavior<ShardedProtocol> onAnswered(Answered answered) {
        if (answered.error() == null) {
            askers.get(answered.asker()).answer(answered.number(), answered.answer());
        } else {
            getContext().getLog().error("cannot write what {} says: {}", name, RootCause.of(answered.error()));
        }
        return this;
    }

    private Behavior<ShardedProtocol> onLook(Look look) {
        node.registry().tell(new RegistryProtocol.GetRun(name.run(), replies));
        return this;
    }

    private Behavior<ShardedProtocol> onKnown(Known known) {
        Optional<RunView> view = known.reply().view();
        runIsOver = view.isEmpty() || view.get().ended();
        if (runIsOver) {
            timers.cancelAll();
            node.hosts().forget(name.run());
            entity.getShard().tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        } else if (!hosted) {
            timers.startTimerWithFixedDelay("look", new Look(), LOOK_AGAIN_INTERVAL);
            node.types()
                    .find(view.get().job())
                    .flatMap(JobType::shardedActors)
                    .ifPresent(type -> host(type, view.get()));
        }
        return this;
    }

    private void host(ShardedActorType<?, ?, ?> type, RunView view) {
        try {
            begin(type, view);
        } catch (RuntimeException e) { // what the job says is wrong with this node
            getContext().getSelf().tell(new Unfit(e));
        }
    }

    private <Q, A, C> void begin(ShardedActorType<Q, A, C> type, RunView view) {
        ShardedActorType.Host<C> host = node.hosts().acquire(name.run(), type, view.arguments());
        hosted = true;
        getContext().pipeToSelf(host.fit(), (fit, why) -> why == null ? new Start<>(type, host) : new Unfit(why));
    }

    private <Q, A, C> Encoded<Q, A, C> started(Start<Q, A, C> start) {
        ActorRef<C> held = getContext().spawn(start.host().actor(name.name()), "actor");
        getContext().watch(held); // this actor ends with it
        return new Encoded<>(start.type(), held, getContext().getSystem());
    }

    private Behavior<ShardedProtocol> onStart(Start<?, ?, ?> start) {
        node.hosts().fit(name.run());
        Encoded<?, ?, ?> held = started(start);
        actor = Optional.of(held);
        waiting.forEach(work -> tell(held, work));
        waiting.clear();
        return this;
    }

    /**
     * Tries again until it can or, if the cause is unlikely to pass, lets another node try by moving the shard there.
     * An outage affects all nodes alike, so moving does not help then.
     */
    private Behavior<ShardedProtocol> onUnfit(Unfit unfit) {
        tries++;
        String why = RootCause.of(unfit.why());
        if (!mayPass(unfit.why())) {
            if (node.hosts().refuse(name.run())) {
                getContext()
                        .getLog()
                        .warn("cannot hold {}: {}; other nodes are asked, and later this one again", name, why);
            }
            node.refusals().accept(name);
        } else if (tries == 1) {
            getContext().getLog().warn("cannot hold {} now: {}; trying again until it can", name, why);
        }
        if (hosted) {
            node.hosts().release(name.run());
            hosted = false;
        }
        Duration pause = Duration.ofNanos(node.hosts().pauses.delayNanos(tries, ThreadLocalRandom.current()));
        timers.startTimerWithFixedDelay("look", new Look(), pause, LOOK_AGAIN_INTERVAL);
        return this;
    }

    /** Tells whether a failure may pass, as the loss of credentials may that were once good for the run. */
    private boolean mayPass(Throwable why) {
        return switch (Failure.of(why).kind()) {
            case THROTTLED, TRANSIENT -> true;
            case UNFIT ->
                node.hosts().wasFit(name.run())
                        || (tries < MAX_TRIES && !node.hosts().hasRefused(name.run()));
            default -> false;
        };
    }

    private Behavior<ShardedProtocol> onLeave(Leave leave) {
        timers.cancelAll();
        if (actor.isEmpty()) {
            return left(Optional.empty());
        }
        getContext()
                .pipeToSelf(
                        actor.get().settle(), (left, error) -> new Settled(error == null ? left : Optional.empty()));
        return this;
    }

    /** Leaves unfinished questions to its successor. */
    private Behavior<ShardedProtocol> left(Optional<Payload> untold) {
        if (!runIsOver) {
            untold.ifPresent(payload -> waiting.add(new ShardedProtocol.Inherit(payload)));
            waiting.forEach(work -> node.all().tell(name, work));
        }
        return Behaviors.stopped();
    }

    private Behavior<ShardedProtocol> onStop(PostStop stop) {
        if (hosted) {
            node.hosts().release(name.run());
        }
        return this;
    }
}
