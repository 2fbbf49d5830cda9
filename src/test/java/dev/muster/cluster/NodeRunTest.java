package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.cluster.protocol.NodeProtocol;
import dev.muster.cluster.protocol.RunProtocol;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node's workers for one run; the test plays the run. */
@Tag("slow")
class NodeRunTest {
    private final ActorTestKit kit = ActorTestKit.create(NodeSystems.config());
    private final TestProbe<RunProtocol> run = kit.createTestProbe();

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    void aNodeThatTheRunHasForgottenEnlistsAgain() {
        ToyJob job = new ToyJob("here");
        NodeContext context =
                new NodeContext(job.types(), ClusterSettings.from(TestCluster.config(2)), new NodeMetrics());
        ActorRef<NodeProtocol> node = kit.spawn(NodeRegistration.create(run.getRef(), "node", context));
        assertThat(enlist()).isEqualTo(new RunProtocol.Enlist("node", 2, node));

        node.tell(new NodeProtocol.Serve("run-1", "toy", ToyJob.arguments(7, 1)));
        run.expectMessageClass(RunProtocol.Pull.class);

        assertThat(enlist()).isEqualTo(new RunProtocol.Enlist("node", 2, node));
    }

    private RunProtocol enlist() {
        return run.fishForMessage(
                        TestCluster.LONG,
                        message -> message instanceof RunProtocol.Enlist
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore())
                .get(0);
    }
}
