package dev.muster.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.LocalRun;
import dev.muster.engine.Output;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.events.EventsPartial.DayCounts;
import dev.muster.events.EventsPartial.EventCount;
import dev.muster.store.MemoryCheckpointStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that go on when the queue is empty. */
@Tag("slow")
class EventsFollowTest {
    private static final String KEY = "events/prod/20220404";
    private static final String OLD = "an older line";

    private PracticeQueue practice;

    @BeforeEach
    void start() {
        practice = new PracticeQueue();
    }

    @AfterEach
    void end() {
        practice.close();
    }

    /** The other two limits are out of reach. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "messages = 3, bytes = 1 GiB, age = 1 day",
                "messages = 1000, bytes = 200, age = 1 day",
                "messages = 1000, bytes = 1 GiB, age = 100 ms"
            })
    void aDayIsWrittenAsSoonAsOneLimitIsReached(String limits) throws Exception {
        practice.put(KEY, OLD + "\n");
        practice.send(bodies(0, 3));

        RunResult<EventsTask, EventsPartial> result = follow("flush { " + limits + " }", () -> {
            awaitLines(4);
            practice.send(bodies(3, 6));
            awaitLines(7);
        });

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().count(EventCount.DELETED)).isEqualTo(6);
        assertThat(result.summary().days().get("20220404")).isEqualTo(new DayCounts(6, 1, 7));
    }

    @Test
    void aCompressedDayIsMergedAndStaysCompressed() throws Exception {
        practice.put(KEY, compressed(OLD + "\n"));
        practice.send(bodies(0, 3));

        follow("gzip = true, flush.messages = 3", () -> await().atMost(Duration.ofMinutes(1))
                .until(() -> uncompressed(practice.bytes(KEY)).lines().count() == 4));

        assertThat(uncompressed(practice.bytes(KEY))).startsWith(OLD + "\n{").endsWith("\"n2\"}\n");
    }

    @FunctionalInterface
    private interface Meanwhile {
        void act() throws Exception;
    }

    /** Follows the queue, and stops when that is done. */
    private RunResult<EventsTask, EventsPartial> follow(String settings, Meanwhile meanwhile) throws Exception {
        Config config = PracticeQueue.config("muster.events { follow-wait-time = 1s, pollers = 1, " + settings + " }");
        EventsJob events = practice.job(config, new EventsJob.Options(true, false, Long.MAX_VALUE), Output.none());
        MemoryCheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<EventsTask, EventsResult, EventsPartial> run =
                LocalRun.start(config, events.job(), EngineSettings.from(config), store)) {
            meanwhile.act();
            events.stop();
            return run.result().toCompletableFuture().get(1, TimeUnit.MINUTES);
        } finally {
            events.close();
        }
    }

    private void awaitLines(int lines) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> practice.get(KEY).lines().count() == lines);
    }

    private static List<String> bodies(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> "{\"timestamp\": \"2022-04-04T22:45:55\", \"hostname\": \"futel-prod-back\","
                        + " \"event\": {\"Event\": \"n" + number + "\", \"Channel\": \"c\"}}")
                .toList();
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String uncompressed(byte[] bytes) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), UTF_8);
    }
}
