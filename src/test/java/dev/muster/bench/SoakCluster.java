package dev.muster.bench;

import com.typesafe.config.Config;
import dev.muster.cluster.ClusterClient;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.HostPort;
import dev.muster.cluster.protocol.RegistryProtocol.ClusterView;
import dev.muster.cluster.protocol.RunView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Three nodes in processes of their own, which talk by TLS, and a client here that watches them. */
final class SoakCluster implements AutoCloseable {
    private static final List<String> HOSTS = List.of("127.0.0.2", "127.0.0.3", "127.0.0.4");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path launcher;
    private final Map<String, String> environment;
    private final List<String> options;
    private final List<SoakNode> nodes = new ArrayList<>();
    private final Config config;
    private final ClusterClient client;

    /** Starts the nodes; with the environment given to them a command is their client. */
    SoakCluster(Path launcher, Path directory, String endpoint, Map<String, String> environment, Config config)
            throws IOException {
        this.launcher = launcher;
        this.environment = environment;
        this.config = config;
        this.options =
                List.of("--workers=4", "--endpoint-url=" + endpoint, "--checkpoint=" + directory.resolve("runs"));
        for (String host : HOSTS) {
            nodes.add(new SoakNode(host, directory));
        }
        for (SoakNode node : nodes) {
            start(node);
        }
        this.client = connect();
        awaitAll();
    }

    List<SoakNode> nodes() {
        return nodes;
    }

    /** All nodes, as {@code --join} takes them. */
    String contacts() {
        return nodes.stream().map(node -> node.address().toString()).collect(Collectors.joining(","));
    }

    SoakNode coordinator() {
        String address = await("a coordinator", view -> true).coordinator();
        return nodes.stream()
                .filter(node -> address.startsWith(node.address() + "@"))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until a run has got somewhere, and further than this; returns its name. */
    String awaitProgress(long objects) {
        return running(await("progress", view -> running(view).stream().anyMatch(run -> counted(run) > objects)))
                .orElseThrow()
                .run();
    }

    /** How many objects a run had counted when it was last seen. */
    long counted() {
        return running(await("a run", view -> running(view).isPresent()))
                .map(SoakCluster::counted)
                .orElseThrow();
    }

    /** Waits until the others take a node for dead. */
    void awaitRemoval(SoakNode node) {
        ClusterView unused = await("the removal of a node", view -> view.members().stream()
                .noneMatch(member -> member.node().startsWith(node.address() + "@")));
    }

    /** Starts what has ended, and waits until all are members again. */
    void restore() throws IOException {
        for (SoakNode node : nodes) {
            if (!node.alive()) {
                start(node);
            }
        }
        awaitAll();
    }

    private void start(SoakNode node) throws IOException {
        node.start(launcher, contacts(), options, environment);
    }

    private ClusterClient connect() {
        List<HostPort> contacts = nodes.stream().map(SoakNode::address).toList();
        return Awaitility.await("the nodes to answer")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ClusterException.class)
                .until(() -> ClusterClient.connect(config, contacts), Objects::nonNull);
    }

    private void awaitAll() {
        ClusterView unused = await(
                "three members",
                view -> view.members().size() == nodes.size()
                        && view.members().stream()
                                .allMatch(member -> member.status().equals("Up") && member.workers() > 0));
    }

    private ClusterView await(String what, Predicate<ClusterView> wanted) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ClusterException.class) // a new coordinator is on its way
                .until(client::cluster, wanted);
    }

    private static Optional<RunView> running(ClusterView view) {
        return view.runs().stream().filter(run -> !run.ended()).findFirst();
    }

    private static long counted(RunView run) {
        return run.progress()
                .map(progress -> progress.counts().getOrDefault("objects", 0L))
                .orElse(-1L);
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
        for (SoakNode node : nodes) {
            node.close();
        }
    }
}
