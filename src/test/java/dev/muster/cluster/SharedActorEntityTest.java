package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.protocol.PayloadCodec;
import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RunReply;
import dev.muster.cluster.protocol.SharedActorProtocol;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

/** One keeper on a node that is alone; the test plays Cluster Sharding. */
@Tag("slow")
class SharedActorEntityTest {
    private static final Failure PASSING = new Failure(Failure.Kind.TRANSIENT, "InternalError", "try again later");
    private static final Failure LASTING = new Failure(Failure.Kind.UNFIT, "NoCredentials", "no credentials");

    private static ActorTestKit kit;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @BeforeAll
    static void begin() {
        kit = ActorTestKit.create(NodeSystems.config());
    }

    @AfterAll
    static void end() {
        kit.shutdownTestKit();
    }

    @Test
    void whatMayPassKeepsANodeFromNothingButTheMoment() throws Exception {
        ActorRef<SharedActorProtocol> keeper = keeper(() -> asked.incrementAndGet() == 1
                ? CompletableFuture.failedFuture(new TaskException(PASSING))
                : CompletableFuture.completedFuture(null));
        TestProbe<SharedActorProtocol.Answer> client = kit.createTestProbe();

        keeper.tell(new SharedActorProtocol.Ask("1", new PayloadCodec<>(String.class).encode("one"), client.getRef()));

        assertThat(new PayloadCodec<>(String.class)
                        .decode(client.receiveMessage(Duration.ofSeconds(20)).answer()))
                .isEqualTo("one");
        assertThat(stopped.getCount()).isOne();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aNodeThatIsUnfitHandsItsKeepersOver() throws Exception {
        keeper(() -> CompletableFuture.failedFuture(new TaskException(LASTING)));

        stopped.await();
    }

    private ActorRef<SharedActorProtocol> keeper(Supplier<CompletableFuture<Void>> fit) {
        SharedActorEntity.Node node = new SharedActorEntity.Node(
                new ToyJob("here").with(new ToyKeepers(fit)).types(),
                new SharedActorHostTable(kit.system()),
                kit.spawn(registry()),
                new ShardedActors(kit.system()),
                stopped::countDown);
        TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
        return kit.spawn(
                SharedActorEntity.create(new EntityContext<>(ShardedActors.KEY, "run-1/day", shard.getRef()), node));
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
