package dev.muster.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.audit.AuditScope;
import dev.muster.audit.BucketFilter;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts.DatedLogKeys;
import dev.muster.emulator.keys.KeyLayouts.UuidKeys;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.inventory.dataset.DirectoryStore;
import dev.muster.store.FileCheckpointStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryResumeTest {
    private static final KeyGenerator DATED = new DatedLogKeys(20_009);
    private static final KeyGenerator UUIDS = new UuidKeys(10_011);
    private static final Estate ESTATE =
            Estate.of(PracticeBucket.of("dated", DATED), PracticeBucket.of("uuids", UUIDS));
    private static final int MOST_ROUNDS = 60;

    @TempDir
    Path home;

    /** Between rounds a run that was killed at that moment left its files; here also one that no checkpoint names. */
    @Test
    void stoppedAgainAndAgainAndResumedEveryKeyIsOneRow() throws Exception {
        Random random = new Random(42);
        Path directory = home.resolve("dataset");
        try (PracticeCloud cloud = PracticeCloud.start(ESTATE)) {
            cloud.faults()
                    .set(FaultProfile.NONE
                            .withLatency(Latency.fixed(Duration.ofMillis(5)))
                            .withErrorRate(0.02));
            RunResult<InventoryTask, InventoryPartial> result = round(cloud, random, false);
            int stops = 0;
            while (result.end() instanceof RunEnd.Interrupted && stops < MOST_ROUNDS) {
                stops++;
                Files.writeString(directory.resolve("_temporary/late-" + stops), "of a task that came late");
                result = round(cloud, random, true);
            }
            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(stops).as("interruptions").isGreaterThan(2);
        }
        assertThat(directory.resolve("_temporary")).doesNotExist();
        try (DatasetReader rows = new DatasetReader()) {
            String table = DatasetReader.parquet(directory);
            assertThat(rows.value("select count(*) from " + table)).isEqualTo("30020");
            assertThat(rows.value("select count(distinct (bucket, key)) from " + table))
                    .isEqualTo("30020");
            var found = rows.query("select key from " + table + " where bucket = 'uuids'");
            for (long index = 0; index < UUIDS.size(); index++) {
                assertThat(found.next()).isTrue();
                assertThat(found.getString(1)).isEqualTo(new String(UUIDS.key(index), UTF_8));
            }
        }
    }

    /** Runs until it is over, or until some more pages were asked for and the run is stopped. */
    private RunResult<InventoryTask, InventoryPartial> round(PracticeCloud cloud, Random random, boolean resume)
            throws Exception {
        try (PracticeInventory inventory = new PracticeInventory(
                        cloud,
                        ESTATE.management(),
                        new DirectoryStore(home.resolve("dataset")),
                        PracticeInventory.PARQUET);
                FileCheckpointStore store = FileCheckpointStore.open(home.resolve("checkpoint"))) {
            AuditScope scope = inventory.scope(BucketFilter.ALL, false);
            long stopAt = cloud.counts().total() + 1 + random.nextInt(20);
            LocalRun<InventoryTask, InventoryResult, InventoryPartial> run;
            if (resume) {
                run = inventory.resume(scope, store);
            } else {
                inventory.dataset().begin("", false);
                run = inventory.start(scope, store);
            }
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> cloud.counts().total() >= stopAt
                            || run.result().toCompletableFuture().isDone());
            run.stop();
            return inventory.publish(scope, run);
        }
    }
}
