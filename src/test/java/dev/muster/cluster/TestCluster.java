package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.DirectoryKeyValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Nodes in this process, each with an actor system of its own, and a client. */
final class TestCluster implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(30);

    private final Path directory;
    private final Config config;
    private final List<ClusterNode> nodes = new ArrayList<>();
    private ClusterClient client;

    TestCluster(Path directory) {
        this(directory, config(2));
    }

    TestCluster(Path directory, Config config) {
        this.directory = directory;
        this.config = config;
    }

    /** A cluster of which only the client is here. */
    TestCluster(ClusterClient client) {
        this(Path.of(""), config(2));
        this.client = client;
    }

    static Config config(int workers) {
        return ConfigFactory.parseString("muster.workers = " + workers
                        + ", muster.engine { checkpoint-interval = 100ms, pull-interval = 1s, backoff.cap = 100ms }"
                        + ", muster.cluster.split-brain.stable-after = 2s")
                .withFallback(ConfigFactory.load());
    }

    ClusterNode start(ToyJob job, String... roles) throws IOException {
        ClusterNode node = startWith(config, job, roles);
        await().atMost(LONG).until(node::isUp);
        return node;
    }

    /** Starts a node where the only one has been. */
    void startAt(HostPort address, ToyJob job, String... roles) throws IOException {
        nodes.clear();
        await().atMost(LONG).until(startWith(config, address, job, roles)::isUp);
    }

    /** Starts a node that may not come up. */
    ClusterNode startWith(Config config, ToyJob job, String... roles) throws IOException {
        return startWith(config, new HostPort("127.0.0.1", 0), job, roles);
    }

    private ClusterNode startWith(Config config, HostPort listen, ToyJob job, String... roles) throws IOException {
        List<HostPort> join = nodes.isEmpty() ? List.of() : List.of(nodes.get(0).address());
        NodeOptions options = new NodeOptions(listen, Optional.empty(), join, Set.of(roles), false);
        ClusterNode node = ClusterNode.start(
                config,
                options,
                ClusterSettings.from(config),
                job.types(),
                Optional.of(new DirectoryKeyValueStore(directory)),
                new NodeMetrics());
        nodes.add(node);
        return node;
    }

    ClusterClient client() {
        if (client == null) {
            client = ClusterClient.connect(
                    config, nodes.stream().map(ClusterNode::address).toList());
        }
        return client;
    }

    void submit(String run, SortedMap<String, String> arguments) {
        assertThat(client().submit(run, "toy", arguments).refusal()).isEmpty();
    }

    RunView view(String run) {
        return client().run(run).view().orElseThrow();
    }

    RunResult<ToyJob.Work, ToyJob.Tally> result(String run) throws IOException {
        await().atMost(LONG).until(() -> view(run).ended());
        return new ResultCodec<>(ToyJob.Work.class, ToyJob.Tally.class)
                .decode(new ResultStream(offset -> client().result(run, offset)));
    }

    ToyJob.Tally completeTally(String run, long count) throws IOException {
        RunResult<ToyJob.Work, ToyJob.Tally> result = result(run);
        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().count()).isEqualTo(count);
        assertThat(result.summary().sum()).isEqualTo(ToyJob.sum(count));
        assertThat(result.summary().squares()).isEqualTo(ToyJob.squares(count));
        return result.summary();
    }

    long done(String run) {
        return view(run)
                .progress()
                .map(progress -> progress.counts().getOrDefault("numbers", 0L))
                .orElse(0L);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        nodes.stream().map(ClusterNode::leave).toList().forEach(left -> left.toCompletableFuture()
                .join());
    }
}
