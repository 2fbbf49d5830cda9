package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cluster.protocol.RegistryProtocol;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a node that has not joined any cluster yet. */
@Tag("slow")
class MemberViewFactoryTest {
    private final ActorTestKit kit = ActorTestKit.create(NodeSystems.config());
    private final Cluster cluster = Cluster.get(kit.system());
    private final MemberViewFactory views = new MemberViewFactory(kit.system());
    private final RegistryProtocol.NodeReport report =
            new RegistryProtocol.NodeReport(NodeName.self(kit.system()), 8, "1.2.3");

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    void whatANodeSaysOfItselfIsKeptWhileItIsAMember() {
        views.heard(report);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        await().atMost(TestCluster.LONG).until(() -> members().size() == 1);
        assertThat(members()).extracting(ClusterView.Member::workers).containsExactly(0);

        views.heard(report);
        views.heard(new RegistryProtocol.NodeReport("127.0.0.1:1@gone", 8, "1.2.3"));

        assertThat(members()).extracting(ClusterView.Member::workers).containsExactly(8);
        assertThat(members()).extracting(ClusterView.Member::release).containsExactly("1.2.3");
    }

    private List<ClusterView.Member> members() {
        return views.view(List.of()).members();
    }
}
