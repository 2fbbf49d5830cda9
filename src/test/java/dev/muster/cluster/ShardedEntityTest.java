package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.RunReply;
import dev.muster.cluster.protocol.ShardedProtocol;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.engine.limit.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One sharded actor on a node that is alone; the test plays Cluster Sharding. */
@Tag("slow")
class ShardedEntityTest {
    private static final Failure PASSING = new Failure(Failure.Kind.TRANSIENT, "InternalError", "try again later");
    private static final Failure LASTING = new Failure(Failure.Kind.UNFIT, "NoCredentials", "no credentials");

    private static final PayloadCodec<String> CODEC = new PayloadCodec<>(String.class);

    private static ActorTestKit kit;

    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));

    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void begin() {
        kit = ActorTestKit.create(NodeSystems.config());
    }

    @AfterAll
    static void end() {
        kit.shutdownTestKit();
    }

    @Test
    void anOutageOfAnyLengthKeepsANodeFromNothingButTheMoment() throws Exception {
        ActorRef<ShardedProtocol> entity = entity(() -> asked.incrementAndGet() <= 20
                ? CompletableFuture.failedFuture(new TaskException(PASSING))
                : CompletableFuture.completedFuture(null));
        TestProbe<ShardedProtocol.Answer> client = kit.createTestProbe();

        entity.tell(ask(1, 1, "one", client));

        assertThat(answer(client)).isEqualTo("one");
        assertThat(refusals).isEmpty();
        assertThat(asked).hasValue(21);
    }

    @Test
    void aNodeThatIsUnfitLetsOthersTryAndTriesAgain() throws Exception {
        ActorRef<ShardedProtocol> entity = entity(() -> asked.incrementAndGet() <= 20
                ? CompletableFuture.failedFuture(new TaskException(LASTING))
                : CompletableFuture.completedFuture(null));
        TestProbe<ShardedProtocol.Answer> client = kit.createTestProbe();

        entity.tell(ask(1, 1, "one", client));

        assertThat(answer(client)).isEqualTo("one");
        assertThat(refusals).hasSize(16).containsOnly("run-1/day");
    }

    @Test
    void aNodeWhoseCredentialsAreGoneForAWhileHoldsTheRestOfTheRunLater() throws Exception {
        TestProbe<ShardedProtocol.Answer> client = kit.createTestProbe();
        Supplier<CompletableFuture<Void>> fit = () -> asked.incrementAndGet() == 1 || asked.get() > 20
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new TaskException(LASTING));
        ShardedEntity.Node node = node(fit);
        ActorRef<ShardedProtocol> first = entity(node);
        first.tell(ask(1, 1, "one", client));
        answer(client);
        kit.stop(first);

        entity(node).tell(ask(2, 2, "two", client));

        assertThat(answer(client)).isEqualTo("two");
        assertThat(refusals).isEmpty();
    }

    @Test
    void aQuestionIsPutOnceHoweverOftenItIsRepeatedAndHoweverManyCameMeanwhile() throws Exception {
        ActorRef<ShardedProtocol> entity = entity(() -> CompletableFuture.completedFuture(null));
        TestProbe<ShardedProtocol.Answer> client = kit.createTestProbe();
        entity.tell(ask(1, 1, "first", client));
        String first = answer(client);
        for (int number = 2; number <= 1100; number++) {
            entity.tell(ask(number, 1, "", client));
            client.receiveMessage();
        }

        entity.tell(ask(1, 1, "first", client));

        assertThat(answer(client)).isEqualTo(first);
    }

    @Test
    void aQuestionThatIsLateAfterItsAnswerWasHeardChangesNothing() throws Exception {
        ActorRef<ShardedProtocol> entity = entity(() -> CompletableFuture.completedFuture(null));
        TestProbe<ShardedProtocol.Answer> client = kit.createTestProbe();
        entity.tell(ask(1, 1, "one", client));
        entity.tell(ask(2, 2, "two", client));
        client.receiveMessage();
        client.receiveMessage();

        entity.tell(ask(1, 1, "one", client));
        entity.tell(ask(3, 2, "three", client));

        assertThat(answer(client)).isEqualTo("one two three");
        client.expectNoMessage();
    }

    private static ShardedProtocol.Ask ask(
            long number, long openFrom, String question, TestProbe<ShardedProtocol.Answer> client) throws IOException {
        return new ShardedProtocol.Ask("asker", number, openFrom, CODEC.encode(question), client.getRef());
    }

    private static String answer(TestProbe<ShardedProtocol.Answer> client) throws IOException {
        return CODEC.decode(client.receiveMessage(Duration.ofSeconds(20)).answer());
    }

    private ActorRef<ShardedProtocol> entity(Supplier<CompletableFuture<Void>> fit) {
        return entity(node(fit));
    }

    private ShardedEntity.Node node(Supplier<CompletableFuture<Void>> fit) {
        return new ShardedEntity.Node(
                new ToyJob("here").with(new ToyShardedActors(fit)).types(),
                new ShardedEntity.Hosts(kit.system(), PAUSES),
                kit.spawn(registry()),
                new ShardedActors(kit.system()),
                name -> refusals.add(name.toString()));
    }

    private static ActorRef<ShardedProtocol> entity(ShardedEntity.Node node) {
        TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
        return kit.spawn(
                ShardedEntity.create(new EntityContext<>(ShardedActors.KEY, "run-1/day", shard.getRef()), node));
    }

    /** Knows one run, which goes on. */
    private static Behavior<RegistryProtocol> registry() {
        RunRecord run = RunRecord.submitted("run-1", "toy", ToyJob.arguments(7, 1), Instant.now());
        return Behaviors.receiveMessage(message -> {
            if (message instanceof RegistryProtocol.GetRun get) {
                get.replyTo().tell(RunReply.of(RunViewFactory.bare(run)));
            }
            return Behaviors.same();
        });
    }
}
