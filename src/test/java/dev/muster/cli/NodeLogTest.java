package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.server.ServiceError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's process says of its work to a collector of logs. */
@Tag("slow")
class NodeLogTest {
    private static final Estate ESTATE = Estate.of(PracticeBucket.of("logs"));

    @TempDir
    Path home;

    private PracticeCloud cloud;
    private Process node;

    @BeforeEach
    void start() {
        cloud = PracticeCloud.start(ESTATE);
    }

    @AfterEach
    void end() {
        node.destroyForcibly();
        cloud.close();
    }

    @Test
    void everyLineIsJsonAndNamesRunNodeAndTaskButNoSecret() throws Exception {
        startNode();
        String address = address();

        cloud.faults()
                .set(
                        "s3:ListObjectsV2",
                        FaultProfile.NONE.withErrors(1, List.of(new ServiceError(500, "InternalError", "no"))));
        CapturedConsole.Result audit = new CapturedConsole(home)
                .run(CapturedConsole.on(cloud, ESTATE, "audit", "--cluster", "--join=" + address));

        assertThat(audit.code()).as(audit.stderr()).isEqualTo(ExitCodes.FAILED);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : log().lines().toList()) {
            lines.add(new JsonMapper().readTree(line));
        }
        assertThat(lines)
                .anySatisfy(line -> {
                    assertThat(line.path("formattedMessage").asText()).startsWith("task failed: InternalError");
                    assertThat(line.path("mdc").path("run").asText()).startsWith("audit-");
                    assertThat(line.path("mdc").path("node").asText()).startsWith(address + "@");
                    assertThat(line.path("kvpList").findValue("task").asLong()).isPositive();
                })
                .anySatisfy(line ->
                        assertThat(line.path("formattedMessage").asText()).endsWith("has ended"));
        assertThat(log()).doesNotContain(ESTATE.management().secretAccessKey());
    }

    private void startNode() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dmuster.engine.max-attempts=2",
                "-Dlogback.configurationFile=logback.xml",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(CapturedConsole.on(
                cloud,
                ESTATE,
                "node",
                "--log-format=json",
                "--listen=127.0.0.1:0",
                "--checkpoint=" + home.resolve("runs")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(home.resolve("stdout").toFile())
                .redirectError(home.resolve("stderr").toFile());
        builder.environment().put("XDG_STATE_HOME", home.resolve("state").toString());
        node = builder.start();
    }

    private String log() throws IOException {
        return Files.readString(home.resolve("stderr"));
    }

    /** Where the node says that it listens. */
    private String address() throws IOException {
        await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("this node coordinates"));
        Matcher said = Pattern.compile("\"node (127\\.0\\.0\\.1:\\d+) ").matcher(log());
        await().atMost(Duration.ofMinutes(1)).until(() -> said.reset(log()).find());
        return said.group(1);
    }
}
