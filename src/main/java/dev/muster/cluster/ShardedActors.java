package dev.muster.cluster;

import dev.muster.cluster.JobType.JobTypeRegistry;
import dev.muster.cluster.NodeOptions.NodeRole;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.ShardedProtocol;
import dev.muster.engine.limit.Backoff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Access of one asker to the sharded actors of every run. Nodes with the role worker also hold some of them.
 * Thread-safe.
 */
public final class ShardedActors {
    /** Name of an actor in the cluster. */
    record Name(String run, String name) {
        private static final char SEPARATOR = '/';

        static Name parse(String entityId) {
            int at = entityId.indexOf(SEPARATOR);
            return new Name(entityId.substring(0, at), entityId.substring(at + 1));
        }

        @Override
        public String toString() {
            return run + SEPARATOR + name;
        }
    }

    /** Unanswered questions to one actor. */
    private static final class Open {
        private final SortedSet<Long> numbers = new TreeSet<>();
        private long last;

        synchronized long begin() {
            last++;
            numbers.add(last);
            return last;
        }

        synchronized void end(long number) {
            numbers.remove(number);
        }

        synchronized long from() {
            return numbers.isEmpty() ? last + 1 : numbers.first();
        }
    }

    static final EntityTypeKey<ShardedProtocol> KEY = EntityTypeKey.create(ShardedProtocol.class, "sharded");

    /**
     * Time after which a question is repeated: it may be lost with the actor's node. A repeated one is recognized by
     * its number.
     */
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Backoff FITNESS_PAUSES = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30));

    /** Share of all shards that may move at the same time for rebalancing. */
    private static final double MOST_MOVES = 0.2;

    private final String asker = UUID.randomUUID().toString();
    private final Map<Name, Open> open = new ConcurrentHashMap<>();
    private final ActorSystem<?> system;
    private final ActorRef<ShardingEnvelope<ShardedProtocol>> way;

    ShardedActors(ActorSystem<?> system) {
        this.system = system;
        this.way = way(system);
    }

    /** Uses a proxy, as a node with only the role coordinator has no shard region of its own. */
    private static ActorRef<ShardingEnvelope<ShardedProtocol>> way(ActorSystem<?> system) {
        return Adapter.toTyped(org.apache.pekko.cluster.sharding.ClusterSharding.get(Adapter.toClassic(system))
                .startProxy(KEY.name(), Optional.of(NodeRole.WORKER), names(system)));
    }

    private static ShardRegion.MessageExtractor names(ActorSystem<?> system) {
        int shards = system.settings().config().getInt("pekko.cluster.sharding.number-of-shards");
        return new ShardRegion.HashCodeMessageExtractor(shards) {
            @Override
            public String entityId(Object message) {
                return ((ShardingEnvelope<?>) message).entityId();
            }
        };
    }

    /** Sends a message to an actor, wherever it runs. */
    void tell(Name name, ShardedProtocol message) {
        way.tell(new ShardingEnvelope<>(name.toString(), message));
    }

    /** Starts this node's shard region. */
    static void start(ActorSystem<?> system, JobTypeRegistry types, ActorRef<RegistryProtocol> registry) {
        ShardRegion.MessageExtractor names = names(system);
        ShardPlacement placement = new ShardPlacement(
                ShardCoordinator.ShardAllocationStrategy$.MODULE$.leastShardAllocationStrategy(0, MOST_MOVES),
                share -> nodeOf(share, system),
                System::nanoTime);
        ActorRef<Topic.Command<ShardedProtocol.Refused>> refusals = system.systemActorOf(
                Topic.create(ShardedProtocol.Refused.class, "refusals"), "refusals", Props.empty());
        refusals.tell(Topic.subscribe(system.systemActorOf(placed(placement), "placement", Props.empty())));
        ShardedEntity.Node node = new ShardedEntity.Node(
                types,
                new ShardedEntity.Hosts(system, FITNESS_PAUSES),
                registry,
                new ShardedActors(system),
                name -> refusals.tell(Topic.publish(refused(system, names, name))));
        ClusterSharding.get(system)
                .init(Entity.of(KEY, entity -> ShardedEntity.create(entity, node))
                        .withRole(NodeRole.WORKER)
                        .withStopMessage(new ShardedEntity.Leave())
                        .withAllocationStrategy(placement)
                        .withEntityProps(DispatcherSelector.blocking()));
    }

    private static ShardedProtocol.Refused refused(
            ActorSystem<?> system, ShardRegion.MessageExtractor names, Name name) {
        org.apache.pekko.actor.ActorRef share = org.apache.pekko.cluster.sharding.ClusterSharding.get(
                        Adapter.toClassic(system))
                .shardRegion(KEY.name());
        String shard = names.shardId(new ShardingEnvelope<ShardedProtocol>(name.toString(), new ShardedEntity.Leave()));
        return new ShardedProtocol.Refused(nodeOf(share, system), shard);
    }

    /** Name of a region's node, which differs for each start of the node. */
    private static String nodeOf(org.apache.pekko.actor.ActorRef share, ActorSystem<?> system) {
        Address address = share.path().address();
        Address there = address.hasGlobalScope()
                ? address
                : Cluster.get(system).selfMember().address();
        return there.hostPort() + "#" + share.path().uid();
    }

    private static Behavior<ShardedProtocol.Refused> placed(ShardPlacement placement) {
        return Behaviors.receiveMessage(refused -> {
            placement.refused(refused.node(), refused.shard());
            return Behaviors.same();
        });
    }

    /**
     * Asks an actor of a run, and repeats the question while there is no answer.
     *
     * @return the answer; fails if there is none in time, and then it is unknown whether the actor did anything
     */
    public <Q, A> CompletableFuture<A> ask(
            Class<Q> questionType, Class<A> answerType, String run, String name, Q question, Duration timeout) {
        try {
            Payload payload = new PayloadCodec<>(questionType).encode(question);
            PayloadCodec<A> answers = new PayloadCodec<>(answerType);
            Name actor = new Name(run, name);
            Open questions = open.computeIfAbsent(actor, key -> new Open());
            long number = questions.begin();
            long deadline = System.nanoTime() + timeout.toNanos();
            return ask(actor, questions, number, payload, deadline)
                    .whenComplete((answer, error) -> questions.end(number))
                    .thenApply(answer -> decoded(answers, answer));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Pauses before it repeats a question, as asking fails at once while this node is ending. */
    private CompletableFuture<Payload> ask(Name actor, Open questions, long number, Payload question, long deadline) {
        return AskPattern.<ShardingEnvelope<ShardedProtocol>, ShardedProtocol.Answer>ask(
                        way,
                        replyTo -> new ShardingEnvelope<>(
                                actor.toString(),
                                new ShardedProtocol.Ask(asker, number, questions.from(), question, replyTo)),
                        REPEAT_AFTER,
                        system.scheduler())
                .toCompletableFuture()
                .thenApply(ShardedProtocol.Answer::answer)
                .exceptionallyComposeAsync(
                        error -> System.nanoTime() < deadline
                                ? ask(actor, questions, number, question, deadline)
                                : CompletableFuture.failedFuture(new TimeoutException("no answer from " + actor)),
                        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static <A> A decoded(PayloadCodec<A> codec, Payload answer) {
        try {
            return codec.decode(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answer of a sharded actor", e);
        }
    }
}
