package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cluster.NodeOptions.NodeRole;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.emulator.keys.KeyLayouts.UuidKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ClusteredRunsTest {
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of("logs", new SequentialKeys(12_345)),
            PracticeBucket.of("uuids", new UuidKeys(23_456)),
            PracticeBucket.of("sealed").locked());
    private static final Pattern RUN = Pattern.compile("muster: run (audit-\\S+) goes to the cluster");

    @TempDir
    Path home;

    private PracticeCloud cloud;
    private CapturedConsole console;
    private PracticeNodes nodes;

    @BeforeEach
    void begin() throws IOException {
        cloud = PracticeCloud.start(ESTATE);
        console = new CapturedConsole(home);
        nodes = new PracticeNodes(home.resolve("runs"), ESTATE, "muster.workers = 4");
        nodes.start(ESTATE.management().accessKeyId(), NodeRole.COORDINATOR, NodeRole.WORKER);
        nodes.start("AKIA000000000NOBODYS", NodeRole.WORKER);
    }

    @AfterEach
    void end() {
        nodes.close();
        cloud.close();
    }

    @Test
    void aClusterReportsWhatALocalRunReportsAndAnybodyCanSeeItAgain() throws Exception {
        CapturedConsole.Result local =
                console.run(CapturedConsole.on(cloud, ESTATE, "audit", "--format=json", "--largest"));

        CapturedConsole.Result clustered = console.run(
                CapturedConsole.on(cloud, ESTATE, "audit", "--format=json", "--largest", "--cluster", nodes.join()));

        assertThat(clustered.code()).isEqualTo(local.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(figures(clustered.stdout())).isEqualTo(figures(local.stdout()));

        Matcher run = RUN.matcher(clustered.stderr());
        assertThat(run.find()).isTrue();
        Path others = Files.writeString(home.resolve("others.conf"), "muster.audit.include = [other]");
        CapturedConsole.Result again = console.run("attach", run.group(1), nodes.join(), "--config=" + others);
        assertThat(again.stdout()).isEqualTo(clustered.stdout());
        assertThat(again.code()).isEqualTo(clustered.code());

        assertThat(console.run("cluster", "cancel", run.group(1), nodes.join()).stderr())
                .isEqualTo("muster: run " + run.group(1) + " has ended already" + System.lineSeparator());

        JsonNode status = new JsonMapper()
                .readTree(console.run("cluster", "status", "--format=json", nodes.join())
                        .stdout());
        assertThat(status.path("members")).hasSize(2);
        assertThat(status.at("/runs/0/state").asText()).isEqualTo("ended");
        assertThat(status.at("/runs/0/arguments").toString()).doesNotContain("secret", "keyid");
    }

    @Test
    void theNodesOfAClusterWriteTheRowsThatALocalRunWrites() throws Exception {
        String local = rows("local");

        String clustered = rows("clustered", "--cluster", nodes.join());

        assertThat(clustered).isEqualTo(local).hasLineCount(35_801);
    }

    /** Rows of an inventory that was made so, one a line. */
    private String rows(String name, String... options) throws IOException {
        Path directory = home.resolve(name);
        List<String> command = new ArrayList<>(List.of(
                "inventory", "--exclude=sealed", "--format=jsonl", "--compression=none", "--output=" + directory));
        command.addAll(List.of(options));
        CapturedConsole.Result result = console.run(CapturedConsole.on(cloud, ESTATE, command.toArray(String[]::new)));
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        StringBuilder rows = new StringBuilder();
        try (Stream<Path> files = Files.list(directory.resolve("data")).sorted()) {
            for (Path file : files.toList()) {
                rows.append(Files.readString(file));
            }
        }
        return rows.toString();
    }

    @Test
    void aClusterFindsTheContactsThatALocalRunFinds() {
        CapturedConsole.Result local =
                console.run(CapturedConsole.on(cloud, ESTATE, "contacts", "--sort", "--format=csv"));

        CapturedConsole.Result clustered = console.run(
                CapturedConsole.on(cloud, ESTATE, "contacts", "--sort", "--format=csv", "--cluster", nodes.join()));

        assertThat(clustered.stdout()).isEqualTo(local.stdout()).isNotEmpty();
        assertThat(clustered.code()).isEqualTo(local.code());
    }

    @Test
    void aClusterFindsThePrefixesThatALocalRunFinds() {
        String[] command = {"du", "logs", "uuids", "--delimiter=00", "--min-size=1K", "--format=csv"};
        CapturedConsole.Result local = console.run(CapturedConsole.on(cloud, ESTATE, command));

        List<String> clustered = new ArrayList<>(CapturedConsole.on(cloud, ESTATE, command));
        clustered.addAll(List.of("--cluster", nodes.join()));
        CapturedConsole.Result result = console.run(clustered);

        assertThat(result.stdout()).as(result.stderr()).isEqualTo(local.stdout());
        assertThat(local.stdout().lines()).hasSizeGreaterThan(100);
        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
    }

    /** A report without what differs from run to run. */
    private static JsonNode figures(String report) throws IOException {
        ObjectNode figures = (ObjectNode) new JsonMapper().readTree(report);
        figures.remove(List.of("started_at", "elapsed_seconds", "requests"));
        return figures;
    }
}
