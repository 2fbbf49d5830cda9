package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real process does when it is interrupted. */
@Tag("slow")
class SignalsTest {
    private static final int OBJECTS = 20_000;
    private static final Estate ESTATE = Estate.of(PracticeBucket.of("big", new SequentialKeys(OBJECTS)));

    @TempDir
    Path home;

    private PracticeCloud cloud;
    private Process muster;

    @BeforeEach
    void startCloud() {
        cloud = PracticeCloud.start(ESTATE);
    }

    @AfterEach
    void stop() {
        muster.destroyForcibly();
        cloud.close();
    }

    /** Without SIGINT where this process ignores it, as those behind a shell's {@code &} do: its children would too. */
    static Stream<String> signals() throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean ignored = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (Long.parseUnsignedLong(line.replaceFirst("SigIgn:\\s*", ""), 16) & 2) != 0);
        return ignored ? Stream.of("TERM") : Stream.of("INT", "TERM");
    }

    @ParameterizedTest
    @MethodSource("signals")
    void aSignalEndsARunWithAPartialReportAndACheckpointThatCompletesIt(String signal) throws Exception {
        cloud.faults().set("s3", FaultProfile.NONE.withLatency(Latency.fixed(Duration.ofMillis(300))));
        start("--format=json", "--workers=1");
        awaitListings(4);

        send(signal);

        assertThat(exitCode()).isEqualTo(ExitCodes.INTERRUPTED);
        JsonNode partial = json();
        assertThat(partial.get("interrupted").booleanValue()).isTrue();
        assertThat(partial.get("complete").booleanValue()).isFalse();
        assertThat(partial.at("/total/objects").longValue()).isBetween(1_000L, OBJECTS - 1L);
        assertThat(stderr())
                .contains("--resume")
                .doesNotContain(ESTATE.management().secretAccessKey());

        cloud.faults().clear();
        start("--format=json", "--workers=1", "--resume");
        assertThat(exitCode()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(json().at("/total/objects").longValue()).isEqualTo(OBJECTS);
    }

    @Test
    void aFurtherSignalQuitsAtOnce() throws Exception {
        Path patient = Files.writeString(home.resolve("patient.conf"), """
                muster.engine { stop-grace = 1 hour, checkpoint-interval = 100 ms }
                """);
        cloud.faults().set("s3:ListObjectsV2", FaultProfile.NONE.withHangRate(1));
        start("--config=" + patient);
        awaitListings(1);
        await().atMost(Duration.ofMinutes(1)).until(this::checkpointKept);

        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    muster.destroy();
                    return !muster.isAlive();
                });

        assertThat(exitCode()).isEqualTo(ExitCodes.INTERRUPTED);
        assertThat(stdout()).isEmpty();
        assertThat(stderr().lines())
                .singleElement()
                .asString()
                .contains("to continue from the last checkpoint: muster audit ", "--resume");
    }

    @Test
    void aSignalWhileTheReportIsWrittenQuitsAndTellsHowToGetIt() throws Exception {
        Path often = Files.writeString(home.resolve("often.conf"), "muster.engine.checkpoint-interval = 100 ms");
        cloud.faults().set("s3:ListObjectsV2", FaultProfile.NONE.withLatency(Latency.fixed(Duration.ofMillis(50))));
        start(Redirect.PIPE, "--format=json", "--largest", "--numfiles=1000", "--workers=1", "--config=" + often);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> muster.getInputStream().available() > 0);

        send("TERM");

        assertThat(exitCode()).isEqualTo(ExitCodes.INTERRUPTED);
        assertThat(stderr().lines())
                .singleElement()
                .asString()
                .contains("to continue from the last checkpoint: muster audit ", "--resume");
    }

    private void start(String... options) throws IOException {
        start(Redirect.to(home.resolve("stdout").toFile()), options);
    }

    private void start(Redirect stdout, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "audit"));
        command.addAll(CapturedConsole.on(cloud, ESTATE, options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(stdout)
                .redirectError(home.resolve("stderr").toFile());
        builder.environment().put("XDG_STATE_HOME", home.resolve("state").toString());
        builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
        muster = builder.start();
    }

    private void awaitListings(int count) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> cloud.counts().of("ListObjectsV2") >= count || !muster.isAlive());
    }

    private boolean checkpointKept() throws IOException {
        Path state = home.resolve("state");
        if (!Files.exists(state)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(state)) {
            return files.anyMatch(file -> file.endsWith("checkpoint.json"));
        }
    }

    private void send(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(muster.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private int exitCode() throws InterruptedException, IOException {
        assertThat(muster.waitFor(1, TimeUnit.MINUTES)).as(stderr()).isTrue();
        return muster.exitValue();
    }

    private JsonNode json() throws IOException {
        return new JsonMapper().readTree(stdout());
    }

    private String stdout() throws IOException {
        return Files.readString(home.resolve("stdout"));
    }

    private String stderr() throws IOException {
        return Files.readString(home.resolve("stderr"));
    }
}
