package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cli.command.DemoQueue;
import dev.muster.emulator.DemoMessages;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real process that reads a queue does when it is told to end. */
@Tag("slow")
class EventsSignalsTest {
    private static final int MESSAGES = 60;
    /** Receives of ten that bring them all, and one that shows that they were handed over. */
    private static final int RECEIVES = MESSAGES / 10 + 3;

    @TempDir
    Path home;

    private DemoQueue queue;
    private Process muster;

    @BeforeEach
    void start() {
        queue = new DemoQueue();
        queue.fill(DemoMessages.bodies(MESSAGES));
    }

    @AfterEach
    void end() {
        muster.destroyForcibly();
        queue.close();
    }

    @Test
    void whatIsHeldIsWrittenAndDeletedAndTheRunIsComplete() throws Exception {
        follow("follow-wait-time = 1s");

        muster.destroy();

        assertThat(exitCode()).isEqualTo(ExitCodes.COMPLETE);
        JsonNode summary = summary();
        assertThat(summary.get("received").intValue()).isEqualTo(MESSAGES);
        assertThat(summary.get("deleted").intValue()).isEqualTo(MESSAGES);
        assertThat(queue.head("events/prod/20220404", 1)).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenInTimeIsGivenBackAndReported() throws Exception {
        follow("follow-wait-time = 1s, stop-timeout = 1s");
        queue.cloud().faults().set("s3:GetObject", FaultProfile.NONE.withHangRate(1));

        muster.destroy();

        assertThat(exitCode()).isEqualTo(ExitCodes.COMPLETE);
        JsonNode summary = summary();
        assertThat(summary.get("released").intValue())
                .isPositive()
                .isEqualTo(MESSAGES - summary.get("deleted").intValue());
        queue.cloud().faults().clear();
        assertThat(new CapturedConsole(home)
                        .run(CapturedConsole.on(
                                queue.cloud(),
                                DemoQueue.ESTATE,
                                "events",
                                "--queue=events",
                                "--quiet",
                                "--format=json",
                                "--max-messages=" + summary.get("released").intValue()))
                        .stdout())
                .contains("\"released\": 0", "\"received\": " + summary.get("released"));
    }

    @Test
    void aDrainThatIsToldToEndIsInterrupted() throws Exception {
        queue.cloud().faults().set("sqs", FaultProfile.NONE.withLatency(Latency.fixed(Duration.ofSeconds(1))));
        start("drain-wait-time = 1s");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> queue.cloud().counts().of("ReceiveMessage") > 0 || !muster.isAlive());

        muster.destroy();

        assertThat(exitCode()).isEqualTo(ExitCodes.INTERRUPTED);
        assertThat(summary().get("complete").booleanValue()).isFalse();
    }

    /** Starts to follow, and returns when everything has been received. */
    private void follow(String settings) throws IOException {
        start(settings, "--follow");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> queue.cloud().counts().of("ReceiveMessage") >= RECEIVES || !muster.isAlive());
    }

    private void start(String settings, String... options) throws IOException {
        Path config = Files.writeString(home.resolve("muster.conf"), "muster.events { " + settings + " }");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(CapturedConsole.on(
                queue.cloud(),
                DemoQueue.ESTATE,
                "events",
                "--queue=events",
                "--pollers=1",
                "--format=json",
                "--config=" + config));
        command.addAll(List.of(options));
        muster = new ProcessBuilder(command)
                .redirectOutput(home.resolve("stdout").toFile())
                .redirectError(home.resolve("stderr").toFile())
                .start();
    }

    private int exitCode() throws Exception {
        assertThat(muster.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return muster.exitValue();
    }

    private JsonNode summary() throws IOException {
        return new JsonMapper().readTree(Files.readString(home.resolve("stdout")));
    }
}
