package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.CapturedConsole.Result;
import dev.muster.cli.ExitCodes;
import dev.muster.emulator.DemoMessages;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.s3.S3Deviation;
import dev.muster.emulator.server.ServiceError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EventsCommandTest {
    private static final int MESSAGES = 60;
    private static final String LOG = """
            2022-04-04 22:45:55,436 UNIQUEID=1833323238.399, CHANNEL=SIP/630-0000011f, CALLERID(number)=+12345678901, name=filterdial
            2022-04-04 22:45:56,001 UNIQUEID=1833323238.400, CHANNEL=SIP/630-0000011f
            2022-04-05 00:00:00,000 UNIQUEID=1833323238.401, CHANNEL=SIP/630-00000120, name=operator
            """;

    @TempDir
    Path home;

    private DemoQueue queue;

    @BeforeEach
    void start() {
        queue = new DemoQueue();
    }

    @AfterEach
    void end() {
        queue.close();
    }

    @Test
    void aDryRunShowsWhatItWouldWriteAndDeletesNothing() throws IOException {
        queue.fill(DemoMessages.bodies(MESSAGES));

        Result dry = events("--dry-run");

        assertThat(dry.code()).as(dry.stderr()).isEqualTo(ExitCodes.COMPLETE);
        JsonNode shown = summary(dry);
        assertThat(shown.get("deleted").intValue()).isZero();
        assertThat(dry.stdout().lines()).hasSize(1);
        assertThat(dry.stderr().lines().filter(line -> line.matches("2022040[345] \\{\"timestamp.*")))
                .hasSize(shown.get("kept").intValue() - shown.get("duplicates").intValue());
        JsonNode drained = summary(events());
        assertThat(drained.get("received").intValue()).isEqualTo(MESSAGES);
        assertThat(drained.get("deleted").intValue()).isEqualTo(MESSAGES);
        assertThat(drained.get("days")).isEqualTo(shown.get("days"));
    }

    @Test
    void aBucketThatMayNotBeWrittenIsFoundBeforeTheFirstReceive() throws IOException {
        queue.fill(DemoMessages.bodies(MESSAGES));
        queue.cloud()
                .faults()
                .set(
                        "s3:PutObject",
                        FaultProfile.NONE.withErrors(1, List.of(new ServiceError(403, "AccessDenied", "no"))));

        Result denied = events();

        assertThat(denied.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(denied.stderr())
                .isEqualTo("muster: error: looking at queue and bucket: write s3://logpublish/events/prod/ failed:"
                        + " AccessDenied: no; allow s3:PutObject on s3://logpublish/events/prod/\n");
        assertThat(queue.cloud().counts().of("ReceiveMessage")).isZero();
        queue.cloud().faults().clear();
        assertThat(events("--bucket=nowhere").stderr()).contains("NoSuchBucket");
        assertThat(events("--bucket=nowhere", "--dry-run").stderr()).contains("nowhere");
        assertThat(queue.cloud().counts().of("ReceiveMessage")).isZero();
    }

    @Test
    void aServerThatIgnoresConditionsIsRefusedBeforeTheFirstReceive() {
        queue.fill(DemoMessages.bodies(MESSAGES));
        queue.cloud().s3Deviations(S3Deviation.IGNORES_CONDITIONS);

        Result refused = events();

        assertThat(refused.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(refused.stderr()).contains("If-None-Match: * is ignored", "use one that keeps conditional writes");
        assertThat(refused.stderr().lines()).hasSize(1);
        assertThat(queue.cloud().counts().of("ReceiveMessage")).isZero();
    }

    @Test
    void aDayThatCannotBeWrittenIsNamedAndItsMessagesAreGivenBack() throws IOException {
        StoredObject noDayFile = StoredObject.ofSize(
                "events/prod/20220404", 17 << 20, Instant.parse("2022-04-05T00:00:00Z"), StorageClass.STANDARD);
        queue.close();
        queue = new DemoQueue(Estate.of(PracticeBucket.of("logpublish", noDayFile)));
        queue.fill(DemoMessages.bodies(MESSAGES));

        Result first = events();

        assertThat(first.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(first.stderr()).contains("writing 20220404", "cannot be read and stays as it is");
        JsonNode summary = summary(first);
        assertThat(summary.get("complete").booleanValue()).isFalse();
        assertThat(summary.get("released").intValue())
                .isPositive()
                .isEqualTo(MESSAGES - summary.get("deleted").intValue());
    }

    @Test
    void aQueueThatIsNotThereIsAFailure() {
        queue.fill(List.of());
        Result result = run(
                "events",
                "--queue-url=" + queue.cloud().endpoint() + "/111111111111/nowhere",
                "--format=json",
                "--quiet");
        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.stderr()).contains("nowhere");
    }

    @Test
    void asManyMessagesAsAreAskedForAreReceived() throws IOException {
        queue.fill(DemoMessages.bodies(MESSAGES));
        assertThat(summary(events("--max-messages=25")).get("received").intValue())
                .isEqualTo(25);
    }

    @Test
    void poisonCanBeLeftToTheQueue() throws IOException {
        queue.fill(List.of("no JSON", DemoMessages.bodies(1).get(0)));
        Result result = events("--poison=leave");
        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        JsonNode summary = summary(result);
        assertThat(summary.get("received").intValue()).isEqualTo(2);
        assertThat(summary.get("deleted").intValue()).isEqualTo(1);
        assertThat(summary.get("left").intValue()).isEqualTo(1);
        assertThat(summary.get("quarantined").intValue()).isZero();
        assertThat(summary.get("poison_by").get("body is not JSON").intValue()).isEqualTo(1);
    }

    @Test
    void aBackfillPublishesLinesAndTellsWhichItLeftOut() throws IOException {
        queue.fill(List.of());

        Result published = backfill("--topic-arn=arn:aws:sns:us-east-1:111111111111:events");

        assertThat(published.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(published.stderr()).contains("line 2 was left out: it has no name");
        assertThat(summary(published).get("published").intValue()).isEqualTo(2);
        assertThat(summary(events()).get("kept").intValue()).isEqualTo(2);
        assertThat(queue.head("events/prod/20220404", 9))
                .containsExactly("{\"timestamp\": \"2022-04-04T22:45:55-07:00\", \"channel\": \"SIP/630-0000011f\","
                        + " \"endpoint\": \"SIP/630-0000011f\", \"event\": \"filterdial\"}");
    }

    @Test
    void ofVeryManyLinesThatWereLeftOutTheFirstAreNamedAndTheRestAreCounted() throws IOException {
        queue.fill(List.of());

        Result merged = backfillOf("no event\n".repeat(1003), "--direct");

        assertThat(summary(merged).get("rejected").intValue()).isEqualTo(1003);
        assertThat(merged.stderr().lines().filter(line -> line.contains(" was left out: ")))
                .hasSize(1000);
        assertThat(merged.stderr()).endsWith("left out as well: 3 lines\n");
    }

    @Test
    void aDirectBackfillMergesEachLineIntoItsOwnDay() throws IOException {
        for (int twice = 0; twice < 2; twice++) {
            Result merged = backfill("--direct", "--zone=-08:00");
            assertThat(merged.code()).isEqualTo(ExitCodes.INCOMPLETE);
        }
        assertThat(queue.head("events/prod/20220404", 9))
                .singleElement()
                .asString()
                .contains("2022-04-04T22:45:55-08:00");
        assertThat(queue.head("events/prod/20220405", 9))
                .singleElement()
                .asString()
                .contains("2022-04-05T00:00:00-08:00");
    }

    private Result events(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("events", "--queue=events", "--format=json", "--quiet", "--pollers=2"));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private Result backfill(String... options) throws IOException {
        return backfillOf(LOG, options);
    }

    private Result backfillOf(String lines, String... options) throws IOException {
        Path log = Files.writeString(home.resolve("metrics.log"), lines);
        List<String> arguments =
                new ArrayList<>(List.of("events", "backfill", log.toString(), "--format=json", "--quiet"));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private Result run(String... arguments) {
        try {
            Path quick = Files.writeString(home.resolve("quick.conf"), "muster.events.drain-wait-time = 1s");
            List<String> all = CapturedConsole.on(queue.cloud(), DemoQueue.ESTATE, arguments);
            all.add("--config=" + quick);
            return new CapturedConsole(home).run(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode summary(Result result) throws IOException {
        List<String> lines = result.stdout().lines().toList();
        return new JsonMapper().readTree(lines.get(lines.size() - 1));
    }
}
