package dev.muster.cluster;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import dev.muster.cluster.NodeOptions.NodeRole;
import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.store.DirectoryKeyValueStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A node in a JVM of its own, for tests that kill it. Arguments: name, directory of runs, nodes to join. */
final class NodeProcess {
    private NodeProcess() {}

    public static void main(String[] arguments) throws Exception {
        Config config = TestCluster.config(2);
        ClusterNode node = ClusterNode.start(
                config,
                new NodeOptions(
                        new HostPort("127.0.0.1", 0),
                        Optional.empty(),
                        ProcessCluster.addresses(arguments[2]),
                        Set.of(NodeRole.COORDINATOR, NodeRole.WORKER),
                        false),
                ClusterSettings.from(config),
                new ToyJob(arguments[0]).types(),
                Optional.of(new DirectoryKeyValueStore(Path.of(arguments[1]))),
                new NodeMetrics());
        await().forever().until(node::isUp);
        System.out.println(ProcessCluster.READY + node.address());
        node.terminated().toCompletableFuture().join();
    }
}
