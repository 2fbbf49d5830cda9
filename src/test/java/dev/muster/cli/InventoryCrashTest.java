package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts.DatedLogKeys;
import dev.muster.emulator.keys.KeyLayouts.UuidKeys;
import dev.muster.emulator.keys.Totals;
import dev.muster.inventory.DatasetReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inventories by processes that are killed, run out of space, or are the nodes of a cluster, read back by DuckDB. */
@Tag("slow")
class InventoryCrashTest {
    private static final long MOST_SECONDS = 300;
    private static final Pattern ADDRESS = Pattern.compile("muster: node (127\\.0\\.0\\.1:\\d+) ");
    private static final List<String> CHEAP_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-XX:-UsePerfData");
    private static final KeyGenerator DATED = new DatedLogKeys(20_009);
    private static final KeyGenerator UUIDS = new UuidKeys(10_011);
    private static final Estate ESTATE =
            Estate.of(PracticeBucket.of("dated", DATED), PracticeBucket.of("uuids", UUIDS));

    @TempDir
    Path directory;

    private PracticeCloud cloud;

    @BeforeEach
    void begin() {
        cloud = PracticeCloud.start(ESTATE);
        cloud.faults()
                .set(
                        "s3",
                        FaultProfile.NONE
                                .withLatency(Latency.fixed(Duration.ofMillis(20)))
                                .withErrorRate(0.02));
    }

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void killedAtItsBeginningAndAtRandomMomentsAndResumedEveryKeyIsOneRow() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (ChildProcess first = start("inventory")) {
            await().atMost(Duration.ofSeconds(MOST_SECONDS))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.exists(dataset().resolve("_temporary/begun")));
            first.kill();
        }
        for (int crash = 0; crash < 2; crash++) {
            long killAt = cloud.counts().of("ListObjectsV2") + 2 + random.nextInt(12);
            try (ChildProcess child = start("inventory", "--resume")) {
                await().atMost(Duration.ofSeconds(MOST_SECONDS))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> cloud.counts().of("ListObjectsV2") >= killAt || !child.alive());
                assertThat(child.alive())
                        .as("with seed %d it runs until it is killed; it said: %s", seed, child.err())
                        .isTrue();
                child.kill();
            }
        }
        try (ChildProcess last = start("inventory", "--resume")) {
            assertThat(last.exitCode(MOST_SECONDS))
                    .as("with seed %d it said: %s", seed, last.err())
                    .isZero();
        }
        requireEveryKey();
    }

    @Test
    void aFullDiskEndsTheRunWithALineAndTheResumptionCompletesTheDataset() throws Exception {
        Path shell = Files.writeString(
                directory.resolve("java-short-of-space"), """
                #!/bin/sh
                ulimit -f 160
                exec "%s/bin/java" "$@"
                """.formatted(System.getProperty("java.home")));
        assertThat(shell.toFile().setExecutable(true)).isTrue();
        try (ChildProcess full = new ChildProcess(shell, directory, CHEAP_START, arguments("inventory"))) {
            assertThat(full.exitCode(MOST_SECONDS)).as(full.err()).isEqualTo(ExitCodes.FAILED);
            assertThat(full.err().lines().filter(line -> line.startsWith("muster: error: ")))
                    .singleElement()
                    .asString()
                    .startsWith("muster: error: write " + dataset() + "/_temporary/")
                    .contains("File too large");
            assertThat(full.err()).contains("to continue where it stopped: ");
        }
        try (ChildProcess last = start("inventory", "--resume")) {
            assertThat(last.exitCode(MOST_SECONDS)).as(last.err()).isZero();
        }
        requireEveryKey();
    }

    @Test
    void threeNodesWriteADatasetThatAnotherProgramReads() throws Exception {
        List<ChildProcess> nodes = new ArrayList<>();
        try {
            List<String> options = List.of("--listen=127.0.0.1:0", "--checkpoint=" + directory.resolve("runs"));
            String first = node(nodes, options, "--workers=2");
            node(nodes, options, "--workers=2", "--join=" + first);
            node(nodes, options, "--workers=2", "--join=" + first);

            CapturedConsole.Result result = new CapturedConsole(directory)
                    .run(CapturedConsole.on(
                            cloud, ESTATE, "inventory", "--output=" + dataset(), "--cluster", "--join=" + first));

            assertThat(result.code()).as(result.stderr()).isZero();
            requireEveryKey();
        } finally {
            nodes.forEach(ChildProcess::close);
        }
    }

    /** Starts a node and returns the address that it listens at. */
    private String node(List<ChildProcess> nodes, List<String> options, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(on("node"));
        arguments.addAll(options);
        arguments.addAll(List.of(more));
        ChildProcess node = new ChildProcess(directory, CHEAP_START, arguments);
        nodes.add(node);
        return await().atMost(Duration.ofSeconds(MOST_SECONDS))
                .until(() -> address(node.err()), address -> !address.isEmpty());
    }

    private static String address(String said) {
        Matcher node = ADDRESS.matcher(said);
        return node.find() ? node.group(1) : "";
    }

    private void requireEveryKey() throws Exception {
        assertThat(dataset().resolve("_SUCCESS")).exists();
        assertThat(dataset().resolve("_temporary")).doesNotExist();
        try (DatasetReader rows = new DatasetReader()) {
            String table = DatasetReader.parquet(dataset());
            for (PracticeBucket bucket : ESTATE.management().buckets()) {
                KeyGenerator keys = bucket.name().equals("dated") ? DATED : UUIDS;
                Totals totals = Totals.of(keys);
                assertThat(rows.value("select count(*) || ' ' || count(distinct key) || ' ' || sum(size) from " + table
                                + " where bucket = '" + bucket.name() + "'"))
                        .isEqualTo(totals.objects() + " " + totals.objects() + " " + totals.bytes());
            }
            assertThat(rows.value("select count(*) from (select bucket || '/' || key as k,"
                            + " lag(bucket || '/' || key) over () as before from " + table + ") where before >= k"))
                    .as("rows that are not in order")
                    .isEqualTo("0");
        }
    }

    private Path dataset() {
        return directory.resolve("dataset");
    }

    private ChildProcess start(String command, String... more) throws Exception {
        return new ChildProcess(directory, CHEAP_START, arguments(command, more));
    }

    private List<String> arguments(String command, String... more) throws Exception {
        Path file = directory.resolve("muster.conf");
        Files.writeString(file, "muster.engine { checkpoint-interval = 20ms, backoff.cap = 200ms }\n");
        List<String> arguments = new ArrayList<>(on(command));
        arguments.addAll(List.of(
                "--output=" + dataset(),
                "--workers=4",
                "--checkpoint=" + directory.resolve("checkpoint"),
                "--config=" + file));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private List<String> on(String command) {
        PracticeAccount account = ESTATE.management();
        return List.of(
                command,
                "--endpoint-url=" + cloud.endpoint(),
                "--region=" + Estate.REGION,
                "--keyid=" + account.accessKeyId(),
                "--secret=" + account.secretAccessKey());
    }
}
