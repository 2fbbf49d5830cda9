package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cli.command.Commands;
import dev.muster.cli.console.Console;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.NodeAws;
import dev.muster.cluster.ClusterNode;
import dev.muster.cluster.ClusterSettings;
import dev.muster.cluster.HostPort;
import dev.muster.cluster.JobType.JobTypeRegistry;
import dev.muster.cluster.NodeOptions;
import dev.muster.cluster.NodeSystems;
import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.emulator.Estate;
import dev.muster.store.DirectoryKeyValueStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes in this process that can do every job, each with an actor system of its own. */
final class PracticeNodes implements AutoCloseable {
    private final Path runs;
    private final Estate estate;
    private final Config config;
    private final List<ClusterNode> nodes = new ArrayList<>();

    PracticeNodes(Path runs, Estate estate, String settings) {
        this.runs = runs;
        this.estate = estate;
        // where commands with the same home look for it
        Path key = runs.resolveSibling("state").resolve("muster").resolve("loopback.p12");
        this.config = ConfigFactory.parseMap(Map.of("muster.cluster.loopback-key-file", key.toString()))
                .withFallback(ConfigFactory.parseString(settings))
                .withFallback(ConfigFactory.parseString(NodeSystems.CAN_CRASH))
                .withFallback(ConfigFactory.load());
    }

    ClusterNode start(String keyId, String... roles) throws IOException {
        AwsOptions aws = new AwsOptions();
        aws.keyId = keyId;
        aws.secret = estate.management().secretAccessKey();
        Console silent = new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        CommandContext commandContext =
                CommandContext.of(List.of(), Map.of(), silent).with(config);
        ClusterNode node = ClusterNode.start(
                config,
                new NodeOptions(
                        new HostPort("127.0.0.1", 0),
                        Optional.empty(),
                        nodes.stream().map(ClusterNode::address).toList(),
                        Set.of(roles),
                        false),
                ClusterSettings.from(config),
                new JobTypeRegistry(Commands.jobTypes(commandContext, new NodeAws(config, aws))),
                Optional.of(new DirectoryKeyValueStore(runs)),
                new NodeMetrics());
        nodes.add(node);
        await().atMost(Duration.ofMinutes(1)).until(node::isUp);
        return node;
    }

    /** The option that finds them. */
    String join() {
        return "--join=" + nodes.get(0).address();
    }

    /** Ends a node as a killed process does. */
    void crash(ClusterNode node) {
        nodes.remove(node);
        NodeSystems.crash(node);
    }

    @Override
    public void close() {
        nodes.stream().map(ClusterNode::leave).toList().forEach(left -> left.toCompletableFuture()
                .join());
    }
}
