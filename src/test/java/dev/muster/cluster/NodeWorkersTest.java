package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.cluster.protocol.Payload;
import dev.muster.cluster.protocol.Payload.PayloadCodec;
import dev.muster.cluster.protocol.RunProtocol;
import dev.muster.cluster.protocol.RunProtocol.NodeProtocol;
import dev.muster.engine.Coordinator;
import dev.muster.engine.Worker;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node's workers for one run; the test plays the run and its proxies. */
@Tag("slow")
@SuppressWarnings("unchecked") // a message's class says nothing of its type arguments
class NodeWorkersTest {
    private static final int WORKERS = 2;

    private final ActorTestKit kit = ActorTestKit.create(NodeSystems.config());
    private final TestProbe<RunProtocol> run = kit.createTestProbe();
    private final ToyJob job = new ToyJob("here");
    private ActorRef<NodeProtocol> workers;

    @BeforeEach
    void start() {
        NodeContext node =
                new NodeContext(job.types(), ClusterSettings.from(TestCluster.config(WORKERS)), new NodeMetrics());
        workers = kit.spawn(NodeWorkers.create(run.getRef(), "node", node));
    }

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    void aNodeThatTheRunHasForgottenEnlistsAgain() {
        run.expectMessage(new RunProtocol.Enlist("node", WORKERS, workers));

        serveThrough(kit.createTestProbe());

        run.expectMessage(new RunProtocol.Enlist("node", WORKERS, workers));
    }

    @Test
    void anotherProxyGetsNewWorkersAndTheSameOneKeepsThose() {
        TestProbe<Coordinator.Command<Payload, Payload>> first = kit.createTestProbe();
        TestProbe<Coordinator.Command<Payload, Payload>> second = kit.createTestProbe();

        serveThrough(first);
        ActorRef<?> before = pulling(first);
        serveThrough(first);
        serveThrough(second);

        assertThat(pulling(second)).isNotEqualTo(before);
        first.expectTerminated(before);
        assertThat(job.open()).isEqualTo(1);
    }

    @Test
    void aNodeThatCannotBeginTriesAgainWithTheNextTask() throws Exception {
        TestProbe<Coordinator.Command<Payload, Payload>> proxy = kit.createTestProbe();
        job.failNext(new IllegalStateException("no temporary directory"));
        serveThrough(proxy);
        Coordinator.Pull<Payload, Payload> pull = proxy.expectMessageClass(Coordinator.Pull.class);
        assertThat(job.open()).isZero();

        Payload task = new PayloadCodec<>(ToyJob.Work.class).encode(new ToyJob.Work(1));
        pull.replyTo().tell(new Worker.Assign<>(pull.worker(), 1, task, Duration.ofSeconds(20)));

        proxy.fishForMessage(
                Duration.ofSeconds(20),
                message -> message instanceof Coordinator.Completed
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        assertThat(job.open()).isEqualTo(1);
    }

    @Test
    void aNodeThatDrainsEndsWithTheLastOfItsWorkersAndClosesItsExecutor() {
        TestProbe<Coordinator.Command<Payload, Payload>> proxy = kit.createTestProbe();
        serveThrough(proxy);
        pulling(proxy);

        workers.tell(new NodeWorkers.Drain());

        run.expectTerminated(workers);
        assertThat(job.open()).isZero();
    }

    private void serveThrough(TestProbe<Coordinator.Command<Payload, Payload>> proxy) {
        workers.tell(new NodeProtocol.Serve("run-1", "toy", ToyJob.arguments(7, 1), proxy.getRef()));
    }

    private static ActorRef<?> pulling(TestProbe<Coordinator.Command<Payload, Payload>> proxy) {
        return proxy.expectMessageClass(Coordinator.Pull.class).replyTo();
    }
}
