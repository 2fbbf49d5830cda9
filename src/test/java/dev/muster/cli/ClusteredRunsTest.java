package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cluster.ClusterNode;
import dev.muster.cluster.ClusterSettings;
import dev.muster.cluster.HostPort;
import dev.muster.cluster.JobTypes;
import dev.muster.cluster.NodeOptions;
import dev.muster.cluster.NodeRole;
import dev.muster.cluster.metrics.NodeMetrics;
import dev.muster.cluster.state.DirectoryStateStore;
import dev.muster.sandbox.Estate;
import dev.muster.sandbox.PracticeBucket;
import dev.muster.sandbox.PracticeCloud;
import dev.muster.sandbox.keys.SequentialKeys;
import dev.muster.sandbox.keys.UuidKeys;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusteredRunsTest {
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of("logs", new SequentialKeys(12_345)),
            PracticeBucket.of("uuids", new UuidKeys(23_456)),
            PracticeBucket.of("sealed").locked());
    private static final Pattern RUN = Pattern.compile("muster: run (audit-\\S+) is the cluster's");

    @TempDir
    Path home;

    private final List<ClusterNode> nodes = new ArrayList<>();
    private PracticeCloud cloud;
    private Console console;

    @BeforeEach
    void begin() throws IOException {
        cloud = PracticeCloud.start(ESTATE);
        console = new Console(home);
        startNode(ESTATE.management().accessKeyId(), Set.of(NodeRole.COORDINATOR, NodeRole.WORKER));
        startNode("AKIA000000000NOBODYS", Set.of(NodeRole.WORKER));
    }

    @AfterEach
    void end() {
        nodes.forEach(ClusterNode::close);
        cloud.close();
    }

    @Test
    void aClusterReportsWhatALocalRunReportsAndAnybodyCanSeeItAgain() throws Exception {
        Console.Result local = console.run(Console.on(cloud, ESTATE, "audit", "--format=json", "--largest"));

        Console.Result clustered =
                console.run(Console.on(cloud, ESTATE, "audit", "--format=json", "--largest", "--cluster", join()));

        assertThat(clustered.code()).isEqualTo(local.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(figures(clustered.stdout())).isEqualTo(figures(local.stdout()));

        Matcher run = RUN.matcher(clustered.stderr());
        assertThat(run.find()).isTrue();
        Console.Result again = console.run("attach", run.group(1), join());
        assertThat(again.stdout()).isEqualTo(clustered.stdout());
        assertThat(again.code()).isEqualTo(clustered.code());

        JsonNode status = new JsonMapper()
                .readTree(console.run("cluster", "status", "--format=json", join())
                        .stdout());
        assertThat(status.path("members")).hasSize(2);
        assertThat(status.at("/runs/0/state").asText()).isEqualTo("ended");
        assertThat(status.at("/runs/0/arguments").toString()).doesNotContain("secret", "keyid");
    }

    @Test
    void aClusterFindsTheContactsThatALocalRunFinds() {
        Console.Result local = console.run(Console.on(cloud, ESTATE, "contacts", "--sort", "--format=csv"));

        Console.Result clustered =
                console.run(Console.on(cloud, ESTATE, "contacts", "--sort", "--format=csv", "--cluster", join()));

        assertThat(clustered.stdout()).isEqualTo(local.stdout()).isNotEmpty();
        assertThat(clustered.code()).isEqualTo(local.code());
    }

    private String join() {
        return "--join=" + nodes.get(0).address();
    }

    /** A report without what differs from run to run. */
    private static JsonNode figures(String report) throws IOException {
        ObjectNode figures = (ObjectNode) new JsonMapper().readTree(report);
        figures.remove(List.of("started_at", "elapsed_seconds", "requests"));
        return figures;
    }

    private void startNode(String keyId, Set<String> roles) throws IOException {
        AwsOptions aws = new AwsOptions();
        aws.keyId = keyId;
        aws.secret = ESTATE.management().secretAccessKey();
        Config config = ConfigFactory.parseString("muster.workers = 4").withFallback(ConfigFactory.load());
        Talk silent = new Talk(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        Invocation invocation = Invocation.of(List.of(), Map.of(), silent).with(config);
        ClusterNode node = ClusterNode.start(
                config,
                new NodeOptions(
                        new HostPort("127.0.0.1", 0),
                        Optional.empty(),
                        nodes.stream().map(ClusterNode::address).toList(),
                        roles,
                        false),
                ClusterSettings.from(config),
                new JobTypes(List.of(
                        new AuditOnCluster(invocation, new NodeAws(config, aws)),
                        new ContactsOnCluster(invocation, new NodeAws(config, aws)))),
                Optional.of(new DirectoryStateStore(home.resolve("runs"))),
                new NodeMetrics());
        nodes.add(node);
        await().atMost(Duration.ofMinutes(1)).until(node::isUp);
    }
}
