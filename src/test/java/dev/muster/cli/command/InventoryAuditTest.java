package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.keys.KeyLayouts;
import dev.muster.emulator.server.Reply.Blob;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryFormat;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.SampleRows;
import dev.muster.inventory.source.SampleInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits of inventories. */
class InventoryAuditTest {
    private static final KeyGenerator KEYS = KeyLayouts.byName().get("hive").apply(3_000);
    private static final List<InventoryRow> ROWS = SampleRows.of("logs", KEYS);

    @TempDir
    Path home;

    private Path inventory;
    private CapturedConsole console;

    @BeforeEach
    void sitDown() {
        console = new CapturedConsole(home);
        inventory = home.resolve("inventory");
    }

    @Test
    void theReportIsThatOfAListing() throws IOException {
        SampleInventory.write(inventory, InventoryFormat.PARQUET, ROWS, 700);
        String[] lists = {"--format=json", "--newest", "--oldest", "--largest", "--smallest", "--numfiles=4"};
        JsonNode listed;
        Estate estate = Estate.of(PracticeBucket.of("logs", KEYS));
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            List<String> arguments = CapturedConsole.on(cloud, estate, lists);
            arguments.add(0, "audit");
            listed = json(console.run(arguments));
        }
        CapturedConsole.Result result = audit(lists);
        assertThat(result.stderr()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(json(result).at("/run/requests").asLong(-1)).isLessThanOrEqualTo(0);
        assertThat(comparable(json(result))).isEqualTo(comparable(listed));
    }

    @Test
    void filtersChooseAmongTheRows() throws IOException {
        SampleInventory.write(inventory, InventoryFormat.CSV, ROWS, 700);
        CapturedConsole.Result result = audit("--format=json", "--min-size=1M", "--storage-class=GLACIER,STANDARD");
        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(json(result).at("/total/objects").longValue())
                .isEqualTo(ROWS.stream()
                        .filter(row -> row.size() >= 1024 * 1024
                                && List.of("GLACIER", "STANDARD").contains(row.storageClass()))
                        .count());
    }

    @Test
    void versionsCountOnlyWhereTheyAreAskedFor() throws IOException {
        SampleInventory.write(
                inventory,
                InventoryFormat.JSONL,
                List.of(version("a", true, false, 5L), version("a", false, false, 7L), version("b", true, true, null)),
                10);
        JsonNode plain = json(audit("--format=json"));
        assertThat(plain.at("/total/objects").longValue()).isEqualTo(1);
        assertThat(plain.at("/total/bytes").longValue()).isEqualTo(5);
        CapturedConsole.Result result = audit("--format=json", "--versions");
        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(json(result).at("/total").toString())
                .contains("\"noncurrent_versions\":1", "\"noncurrent_bytes\":7", "\"delete_markers\":1");
    }

    @Test
    void anInventoryThatDoesNotTellVersionsIsIncompleteWhereTheyAreAskedFor() throws IOException {
        SampleInventory.write(inventory, InventoryFormat.PARQUET, ROWS, 5_000);
        CapturedConsole.Result result = audit("--versions");
        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stderr()).contains("it does not tell versions; leave out --versions");
    }

    @Test
    void anInventoryWithoutSizesIsIncomplete() throws IOException {
        SampleInventory.write(
                inventory,
                InventoryFormat.PARQUET,
                ROWS,
                5_000,
                List.of(InventoryColumn.BUCKET, InventoryColumn.KEY, InventoryColumn.STORAGE_CLASS),
                true);
        CapturedConsole.Result result = audit("--format=json");
        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(json(result).at("/total/objects").longValue()).isEqualTo(3_000);
        assertThat(result.stderr()).contains("3000 entries are counted", "the inventory does not tell its size");
    }

    @Test
    void anInventoryOfAnIncompleteRunIsIncomplete() throws IOException {
        SampleInventory.write(inventory, InventoryFormat.PARQUET, ROWS, 5_000, SampleInventory.ALL, false);
        CapturedConsole.Result result = audit();
        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stderr())
                .isEqualTo("muster: incomplete: read the inventory " + inventory.resolve("manifest.json")
                        + " failed: the run that made it could not list everything; make it again\n");
    }

    @Test
    void anInventoryInABucketIsReadWithoutListing() throws IOException {
        SampleInventory.write(inventory, InventoryFormat.PARQUET, ROWS, 1_500);
        List<StoredObject> objects = new ArrayList<>();
        for (String name :
                List.of("manifest.json", "manifest.checksum", "data/part-0.parquet", "data/part-1.parquet")) {
            objects.add(new StoredObject(
                    "all/" + name,
                    Blob.of(Files.readAllBytes(inventory.resolve(name))),
                    Instant.EPOCH,
                    StorageClass.STANDARD,
                    false));
        }
        Estate estate = Estate.of(PracticeBucket.of("lists", objects.toArray(StoredObject[]::new)));
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            for (String place : List.of("s3://lists/all", "s3://lists/all/manifest.json")) {
                CapturedConsole.Result result = console.run(
                        CapturedConsole.on(cloud, estate, "audit", "--format=json", "--from-inventory=" + place));
                assertThat(result.stderr()).isEmpty();
                assertThat(json(result).at("/total/objects").longValue()).isEqualTo(3_000);
            }
            CapturedConsole.Result missing =
                    console.run(CapturedConsole.on(cloud, estate, "audit", "--from-inventory=s3://lists/none"));
            assertThat(missing.code()).isEqualTo(ExitCodes.FAILED);
            assertThat(missing.stderr())
                    .isEqualTo("muster: error: there is no inventory at s3://lists/none/manifest.json: give the"
                            + " manifest.json of one, or the prefix that holds it\n");
        }
    }

    @Test
    void whatIsAboutListingIsRefused() {
        CapturedConsole.Result result = audit("--org");
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.stderr()).contains("--org does not go with --from-inventory");
        assertThat(audit("logs").code()).isEqualTo(ExitCodes.USAGE);
    }

    private static InventoryRow version(String key, boolean latest, boolean marker, Long size) {
        return new InventoryRow(
                "logs",
                ObjectKey.of(key),
                "v",
                latest,
                marker,
                size,
                0L,
                null,
                marker ? null : "STANDARD",
                null,
                null,
                null,
                null,
                null);
    }

    private CapturedConsole.Result audit(String... options) {
        List<String> arguments = new ArrayList<>(List.of("audit", "--from-inventory=" + inventory));
        arguments.addAll(List.of(options));
        return console.run(arguments);
    }

    /** A bucket's entry without what an inventory does not tell. */
    private static JsonNode comparable(JsonNode report) {
        ObjectNode bucket = (ObjectNode) report.at("/buckets/0");
        bucket.remove(List.of("account_id", "region", "creation_date", "age_histogram"));
        return bucket;
    }

    private static JsonNode json(CapturedConsole.Result result) throws IOException {
        return new JsonMapper().readTree(result.stdout());
    }
}
