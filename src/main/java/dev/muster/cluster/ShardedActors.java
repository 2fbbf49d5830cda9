package dev.muster.cluster;

import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.PayloadCodec;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.SharedActorProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** The way to every run's keepers. Nodes of role worker also hold some of them. */
public final class ShardedActors {
    static final EntityTypeKey<SharedActorProtocol> KEY = EntityTypeKey.create(SharedActorProtocol.class, "keepers");

    /** A question may get lost with the node that held the keeper; its successor knows a repeated one by its id. */
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final ActorRef<ShardingEnvelope<SharedActorProtocol>> way;

    ShardedActors(ActorSystem<?> system) {
        this.system = system;
        this.way = way(system);
    }

    /** Not by this node's own share of sharding: once that keeps nothing any more it takes no messages to others either. */
    private static ActorRef<ShardingEnvelope<SharedActorProtocol>> way(ActorSystem<?> system) {
        int shards = system.settings().config().getInt("pekko.cluster.sharding.number-of-shards");
        ShardRegion.MessageExtractor extractor = new ShardRegion.HashCodeMessageExtractor(shards) {
            @Override
            public String entityId(Object message) {
                return ((ShardingEnvelope<?>) message).entityId();
            }
        };
        return Adapter.toTyped(org.apache.pekko.cluster.sharding.ClusterSharding.get(Adapter.toClassic(system))
                .startProxy(KEY.name(), Optional.of(NodeRole.WORKER), extractor));
    }

    /** Tells a keeper something, wherever it lives. */
    void tell(SharedActorName name, SharedActorProtocol message) {
        way.tell(new ShardingEnvelope<>(name.toString(), message));
    }

    /** Lets this node take part. */
    static void start(ActorSystem<?> system, JobTypeRegistry types, ActorRef<RegistryProtocol> registry) {
        SharedActorEntity.Node node = new SharedActorEntity.Node(
                types,
                new SharedActorHostTable(system),
                registry,
                new ShardedActors(system),
                () -> stopKeeping(system));
        ClusterSharding.get(system)
                .init(Entity.of(KEY, entity -> SharedActorEntity.create(entity, node))
                        .withRole(NodeRole.WORKER)
                        .withStopMessage(new SharedActorEntity.Leave())
                        .withEntityProps(DispatcherSelector.blocking()));
    }

    private static void stopKeeping(ActorSystem<?> system) {
        org.apache.pekko.cluster.sharding.ClusterSharding.get(Adapter.toClassic(system))
                .shardRegion(KEY.name())
                .tell(ShardRegion.gracefulShutdownInstance(), org.apache.pekko.actor.ActorRef.noSender());
    }

    /**
     * Asks a run's keeper, again and again where the answer stays out.
     *
     * @return fails if there is none in time: then whether it did anything is unknown
     */
    public <Q, A> CompletableFuture<A> ask(
            SharedActorType<Q, A> type, String run, String name, Q question, Duration timeout) {
        try {
            Payload payload = new PayloadCodec<>(type.questionType()).encode(question);
            PayloadCodec<A> answers = new PayloadCodec<>(type.answerType());
            long deadline = System.nanoTime() + timeout.toNanos();
            return ask(new SharedActorName(run, name), UUID.randomUUID().toString(), payload, deadline)
                    .thenApply(answer -> decoded(answers, answer));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** It pauses before it repeats, as asking fails at once where this node ends. */
    private CompletableFuture<Payload> ask(SharedActorName keeper, String id, Payload question, long deadline) {
        return AskPattern.<ShardingEnvelope<SharedActorProtocol>, SharedActorProtocol.Answer>ask(
                        way,
                        replyTo -> new ShardingEnvelope<>(
                                keeper.toString(), new SharedActorProtocol.Ask(id, question, replyTo)),
                        REPEAT_AFTER,
                        system.scheduler())
                .toCompletableFuture()
                .thenApply(SharedActorProtocol.Answer::answer)
                .exceptionallyComposeAsync(
                        error -> System.nanoTime() < deadline
                                ? ask(keeper, id, question, deadline)
                                : CompletableFuture.failedFuture(new TimeoutException("no answer from " + keeper)),
                        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static <A> A decoded(PayloadCodec<A> codec, Payload answer) {
        try {
            return codec.decode(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a keeper's answer", e);
        }
    }
}
