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
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts.DatedLogKeys;
import dev.muster.emulator.keys.KeyLayouts.HiveKeys;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.emulator.keys.Totals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with {@code -Dmuster.crashes=N} for more crashes than a few, and with {@code -Dmuster.crashes.seed=N} as before. */
@Tag("slow")
class AuditCrashTest {
    private static final int CRASHES = Integer.getInteger("muster.crashes", 3);
    private static final long SEED = Long.getLong("muster.crashes.seed", new Random().nextLong());
    private static final int PAGES_PER_CRASH = 25;
    private static final long MOST_SECONDS = 300;
    private static final List<String> CHEAP_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

    @TempDir
    Path directory;

    @Test
    void killedAtRandomMomentsAndResumedTheTotalsAreExact() throws Exception {
        Map<String, KeyGenerator> buckets = buckets(400L * CRASHES * PAGES_PER_CRASH);
        Estate estate = Estate.of(buckets.entrySet().stream()
                .map(bucket -> PracticeBucket.of(bucket.getKey(), bucket.getValue()))
                .toArray(PracticeBucket[]::new));
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            cloud.faults()
                    .set(
                            "s3",
                            FaultProfile.NONE
                                    .withLatency(Latency.fixed(Duration.ofMillis(20)))
                                    .withErrorRate(0.02));
            List<String> audit = ChildProcess.audit(
                    cloud.endpoint(),
                    estate.management(),
                    "--workers=4",
                    "--checkpoint=" + directory.resolve("checkpoint"),
                    "--config=" + configuration());
            Random random = new Random(SEED);
            for (int crash = 0; crash < CRASHES; crash++) {
                runAndKill(cloud, audit, 1 + random.nextInt(PAGES_PER_CRASH));
            }
            try (ChildProcess last = start(audit)) {
                assertThat(last.exitCode(MOST_SECONDS))
                        .as("with seed %d it said: %s", SEED, last.err())
                        .isZero();
                requireExact(JsonMapper.builder().build().readTree(last.out()), buckets);
            }
        }
    }

    private void runAndKill(PracticeCloud cloud, List<String> audit, int pages) throws Exception {
        long killAt = cloud.counts().of("ListObjectsV2") + pages;
        try (ChildProcess child = start(audit)) {
            await().atMost(Duration.ofSeconds(MOST_SECONDS))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> cloud.counts().of("ListObjectsV2") >= killAt || !child.alive());
            assertThat(child.alive())
                    .as("with seed %d it runs until it is killed; it said: %s", SEED, child.err())
                    .isTrue();
            child.kill();
        }
    }

    private ChildProcess start(List<String> audit) throws Exception {
        List<String> arguments = new ArrayList<>(audit);
        if (Files.exists(directory.resolve("checkpoint/checkpoint.json"))) {
            arguments.add("--resume");
        }
        return new ChildProcess(directory, CHEAP_START, arguments);
    }

    private String configuration() throws Exception {
        Path file = directory.resolve("muster.conf");
        return Files.writeString(file, "muster.engine { checkpoint-interval = 20ms, backoff.cap = 200ms }\n")
                .toString();
    }

    private static Map<String, KeyGenerator> buckets(long size) {
        return new TreeMap<>(Map.of(
                "dated", new DatedLogKeys(size),
                "hive", new HiveKeys(size + 1),
                "sequential", new SequentialKeys(size + 2)));
    }

    private static void requireExact(JsonNode report, Map<String, KeyGenerator> buckets) {
        String seed = "with seed " + SEED + " ";
        assertThat(report.path("complete").asBoolean()).as(seed).isTrue();
        assertThat(report.path("interrupted").asBoolean()).as(seed).isFalse();
        assertThat(report.path("failures")).as(seed).isEmpty();
        assertThat(report.path("buckets")).as(seed).hasSize(buckets.size());
        long objects = 0;
        long bytes = 0;
        for (JsonNode row : report.path("buckets")) {
            Totals totals = Totals.of(buckets.get(row.path("bucket").asText()));
            assertThat(row.path("objects").asLong()).as(seed + row).isEqualTo(totals.objects());
            assertThat(row.path("bytes").asLong()).as(seed + row).isEqualTo(totals.bytes());
            totals.objectsByClass().forEach((name, count) -> assertThat(
                            row.at("/storage_classes/" + name + "/objects").asLong())
                    .as(seed + row)
                    .isEqualTo(count));
            objects += totals.objects();
            bytes += totals.bytes();
        }
        assertThat(report.at("/total/objects").asLong()).as(seed).isEqualTo(objects);
        assertThat(report.at("/total/bytes").asLong()).as(seed).isEqualTo(bytes);
    }
}
