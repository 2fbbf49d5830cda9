package dev.muster.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.BucketFilter;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.keys.KeyLayouts;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.inventory.dataset.DirectoryStore;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.RowReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryJobTest {
    private static final FaultProfile STORM = FaultProfile.NONE
            .withErrorRate(0.02)
            .withResetRate(0.02)
            .withTruncationRate(0.02)
            .withShortPageRate(0.2);

    private static final Instant THEN = Instant.parse("2024-05-06T07:08:09Z");

    @TempDir
    Path directory;

    @Test
    void everyObjectOfEveryLayoutIsOneRowInOrderThoughTheServerFailsAndBreaksOff() throws Exception {
        Map<String, KeyGenerator> layouts = new TreeMap<>();
        KeyLayouts.byName().forEach((name, layout) -> layouts.put(name, layout.apply(4_001)));
        Estate estate = Estate.of(layouts.entrySet().stream()
                .map(layout -> PracticeBucket.of(layout.getKey(), layout.getValue()))
                .toArray(PracticeBucket[]::new));
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeInventory inventory = new PracticeInventory(
                        cloud, estate.management(), new DirectoryStore(directory), PracticeInventory.PARQUET)) {
            cloud.faults().seed(20_260_101);
            cloud.faults().set("s3", STORM);

            RunResult<InventoryTask, InventoryPartial> result = inventory.run(inventory.scope(BucketFilter.ALL, false));

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.stats().failed()).as("failed tries").isPositive();
        }
        assertThat(Files.exists(directory.resolve("_SUCCESS"))).isTrue();
        assertThat(Files.exists(directory.resolve("_temporary"))).isFalse();
        requireRows(layouts);
    }

    @Test
    void everyVersionAndDeleteMarkerIsARowTheNewestOfAKeyFirst() throws Exception {
        PracticeBucket history = PracticeBucket.of(
                        "history",
                        version("a", 1),
                        version("a", 2),
                        version("b", 3),
                        StoredObject.deleteMarker("b", THEN),
                        version("c", 4),
                        StoredObject.deleteMarker("c", THEN),
                        version("c", 5),
                        version("d", 6))
                .keepingVersions();
        Estate estate = Estate.of(history);
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeInventory inventory = new PracticeInventory(
                        cloud, estate.management(), new DirectoryStore(directory), PracticeInventory.PARQUET);
                DatasetReader rows = new DatasetReader()) {
            cloud.faults().set("s3", FaultProfile.NONE.withShortPageRate(0.5));

            assertThat(inventory.run(inventory.scope(BucketFilter.ALL, true)).end())
                    .isEqualTo(new RunEnd.Complete());

            String table = DatasetReader.parquet(directory);
            assertThat(rows.value(
                            "select string_agg(concat_ws(' ', key, size, is_latest, is_delete_marker), ', ') from "
                                    + table))
                    .isEqualTo("a 2 true false, a 1 false false, b true true, b 3 false false,"
                            + " c 5 true false, c false true, c 4 false false, d 6 true false");
            assertThat(rows.value("select count(distinct version_id) from " + table))
                    .isEqualTo("8");
            assertThat(rows.value(
                            "select typeof(is_latest) || ' ' || typeof(is_delete_marker) || ' ' || typeof(size) from "
                                    + table))
                    .isEqualTo("BOOLEAN BOOLEAN BIGINT");
            assertThat(rows.value("select count(*) from " + table
                            + " where is_delete_marker and (e_tag is not null or storage_class is not null)"))
                    .isEqualTo("0");
        }
    }

    private static StoredObject version(String key, long bytes) {
        return StoredObject.ofSize(key, bytes, THEN, StorageClass.STANDARD);
    }

    @Test
    void rowsThatArePutAsideForAWhileAreReadInOrderAndThenGone() throws Exception {
        KeyGenerator keys = KeyLayouts.byName().get("hive").apply(3_001);
        Estate estate = Estate.of(PracticeBucket.of("b", keys), PracticeBucket.of("a", keys));
        InventoryDataset dataset = InventoryDataset.temporary(List.of(InventoryColumn.values()));
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeInventory inventory = new PracticeInventory(cloud, estate.management(), dataset)) {
            RunResult<InventoryTask, InventoryPartial> result = inventory.list(BucketFilter.ALL);

            RowReader rows = dataset.rows(result.summary());
            for (String bucket : List.of("a", "b")) {
                for (long index = 0; index < keys.size(); index++) {
                    InventoryRow row = rows.next();
                    assertThat(row.bucket()).isEqualTo(bucket);
                    assertThat(row.key().bytes()).isEqualTo(keys.key(index));
                }
            }
            assertThat(rows.next()).isNull();
        }
        assertThat(Path.of(dataset.location())).doesNotExist();
    }

    private void requireRows(Map<String, KeyGenerator> buckets) throws Exception {
        try (DatasetReader rows = new DatasetReader()) {
            var found = rows.query("select bucket, key, size, epoch_ms(last_modified_date), storage_class from "
                    + DatasetReader.parquet(directory));
            for (Map.Entry<String, KeyGenerator> bucket : buckets.entrySet()) {
                KeyGenerator keys = bucket.getValue();
                for (long index = 0; index < keys.size(); index++) {
                    assertThat(found.next())
                            .as("a row for object %d of %s", index, bucket.getKey())
                            .isTrue();
                    assertThat(found.getString(1)).isEqualTo(bucket.getKey());
                    assertThat(found.getString(2)).isEqualTo(new String(keys.key(index), UTF_8));
                    assertThat(found.getLong(3)).isEqualTo(keys.bytes(index));
                    assertThat(found.getLong(4)).isEqualTo(1000 * keys.modifiedSecond(index));
                    assertThat(found.getString(5))
                            .isEqualTo(keys.storageClass(index).name());
                }
            }
            assertThat(found.next()).as("a row more").isFalse();
        }
    }
}
