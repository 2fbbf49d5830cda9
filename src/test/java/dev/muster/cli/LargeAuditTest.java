package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts.DatedLogKeys;
import dev.muster.emulator.keys.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes minutes of CPU, and so runs only when asked for, by {@code scripts/test-large}. */
@EnabledIfSystemProperty(named = "muster.large", matches = "true")
@Tag("slow")
class LargeAuditTest {
    private static final long KEYS = Long.getLong("muster.large.keys", 10_000_000);
    private static final long MOST_SECONDS = 1_800;
    private static final List<String> SMALL_HEAP = List.of("-Xmx256m", "-XX:+UseParallelGC");

    @TempDir
    Path directory;

    @Test
    void tenMillionKeysInOneBucketFitIntoASmallHeap() throws Exception {
        KeyGenerator keys = new DatedLogKeys(KEYS);
        Estate estate = Estate.of(PracticeBucket.of("large", keys));
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                ChildProcess audit = new ChildProcess(
                        directory,
                        SMALL_HEAP,
                        ChildProcess.audit(
                                cloud.endpoint(),
                                estate.management(),
                                "--checkpoint=" + directory.resolve("checkpoint"),
                                "--newest",
                                "--largest"))) {
            Usage usage = watch(audit);

            assertThat(audit.exitCode(MOST_SECONDS)).as(audit.err()).isZero();
            JsonNode report = JsonMapper.builder().build().readTree(audit.out());
            Totals totals = Totals.of(keys);
            assertThat(report.at("/total/objects").asLong()).isEqualTo(totals.objects());
            assertThat(report.at("/total/bytes").asLong()).isEqualTo(totals.bytes());
            tell(usage, report, cloud.counts().of("ListObjectsV2"));
        }
    }

    /** What the process used at most, as far as the system tells. */
    private record Usage(String memory, Duration cpu) {}

    private static Usage watch(ChildProcess audit) throws InterruptedException {
        Usage last = new Usage("unknown memory", Duration.ZERO);
        ProcessHandle process = ProcessHandle.of(audit.id()).orElseThrow();
        while (audit.alive()) {
            Duration cpu = process.info().totalCpuDuration().orElse(last.cpu());
            last = new Usage(peakMemory(audit.id()).isEmpty() ? last.memory() : peakMemory(audit.id()), cpu);
            audit.waitFor(Duration.ofMillis(200));
        }
        return last;
    }

    private static String peakMemory(long process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static void tell(Usage usage, JsonNode report, long requests) {
        System.out.printf(
                "%,d keys in -Xmx256m: %s, %.1f s of CPU, %.1f s elapsed, %,d requests, %.3f a full page%n",
                KEYS,
                usage.memory().replaceAll("\\s+", " "),
                usage.cpu().toMillis() / 1000.0,
                report.path("elapsed_seconds").asDouble(),
                requests,
                requests / (KEYS / 1000.0));
    }
}
