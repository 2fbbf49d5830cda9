package dev.muster.cluster;

import static dev.muster.cluster.NodeOptions.NodeRole.COORDINATOR;
import static dev.muster.cluster.NodeOptions.NodeRole.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.condition.OS.LINUX;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.store.DirectoryKeyValueStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on loopback addresses of their own, which only Linux has without setup, each behind a {@link DroppingProxy}. */
@EnabledOnOs(LINUX)
@Tag("slow")
class PartitionTest {
    private static final List<String> HOSTS = List.of("127.0.0.2", "127.0.0.3", "127.0.0.4");

    @TempDir
    Path directory;

    private final Map<String, DroppingProxy> proxies = new LinkedHashMap<>();
    private final List<ClusterNode> nodes = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        for (String host : HOSTS) {
            nodes.add(start(host));
            await().atMost(TestCluster.LONG).until(nodes.get(nodes.size() - 1)::isUp);
        }
    }

    @AfterEach
    void end() throws IOException {
        nodes.stream().map(ClusterNode::leave).toList().forEach(left -> left.toCompletableFuture()
                .join());
        for (DroppingProxy proxy : proxies.values()) {
            proxy.close();
        }
    }

    @Test
    void aCoordinatorThatIsCutOffStopsAndTheMajorityEndsTheRunWithExactTotals() throws Exception {
        try (ClusterClient client = ClusterClient.connect(
                        TestCluster.config(2),
                        List.of(nodes.get(1).address(), nodes.get(2).address()));
                TestCluster majority = new TestCluster(client)) {
            majority.submit("toy-1", ToyJob.arguments(2000, 30));
            await().atMost(TestCluster.LONG).until(() -> majority.done("toy-1") > 100);
            assertThat(client.cluster().coordinator()).startsWith(HOSTS.get(0));

            isolate(HOSTS.get(0));

            nodes.get(0).terminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(nodes.get(0).endReason()).contains("has removed this node");
            majority.completeTally("toy-1", 2000);
            assertThat(client.cluster().coordinator()).doesNotStartWith(HOSTS.get(0));
        }
    }

    private ClusterNode start(String host) throws IOException {
        int port = freePort(host);
        DroppingProxy proxy = new DroppingProxy(host, port);
        proxies.put(host, proxy);
        Config config = ConfigFactory.parseMap(Map.of(
                        "pekko.remote.artery.bind.port", port,
                        "pekko.remote.artery.advanced.tcp.outbound-client-hostname", host))
                .withFallback(TestCluster.config(2));
        List<HostPort> join = nodes.isEmpty() ? List.of() : List.of(nodes.get(0).address());
        NodeOptions options = new NodeOptions(
                new HostPort(host, proxy.port()), Optional.of(host), join, Set.of(COORDINATOR, WORKER), false);
        return ClusterNode.start(
                config,
                options,
                ClusterSettings.from(config),
                new ToyJob(host).types(),
                Optional.of(new DirectoryKeyValueStore(directory)),
                new NodeMetrics());
    }

    private void isolate(String host) {
        HOSTS.stream().filter(other -> !other.equals(host)).forEach(other -> {
            proxies.get(host).cutOff(other);
            proxies.get(other).cutOff(host);
        });
    }

    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }
}
