package dev.muster.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cluster.NodeOptions.NodeRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/** What tests in other packages need of a node's actor system. */
public final class NodeSystems {
    /** Lets a node end as a killed process does, see {@link #crash}. */
    public static final String CAN_CRASH = "pekko.coordinated-shutdown.run-by-actor-system-terminate = off";

    private static final int MOST_SECONDS = 10;

    private NodeSystems() {}

    /** Ends a node without a word to the others. */
    public static void crash(ClusterNode node) {
        end(node.system());
    }

    /** Ends an actor system. Its remoting now and then waits for ever for its streams, which are closed by then. */
    static void end(ActorSystem<?> system) {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(Done.getInstance(), MOST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The configuration of a node's actor system, for tests of what it says, and with patience for probes. */
    public static Config config() {
        Config root = TestCluster.config(1);
        NodeOptions options = new NodeOptions(
                new HostPort("127.0.0.1", 0), Optional.empty(), List.of(), Set.of(NodeRole.WORKER), false);
        return ConfigFactory.parseString("pekko.actor.testkit.typed.single-expect-default = 20 s")
                .withFallback(PekkoConfig.node(root, options, ClusterSettings.from(root)));
    }
}
