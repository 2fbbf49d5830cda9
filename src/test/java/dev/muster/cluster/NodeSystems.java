package dev.muster.cluster;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configuration of a node's actor system, for tests of what it says. */
public final class NodeSystems {
    private NodeSystems() {}

    public static Config config() {
        Config root = TestCluster.config(1);
        NodeOptions options = new NodeOptions(
                new HostPort("127.0.0.1", 0), Optional.empty(), List.of(), Set.of(NodeRole.WORKER), false);
        return PekkoConfig.node(root, options, ClusterSettings.from(root));
    }
}
