package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons and searches for duplicates as commands, on listings and inventories. */
class CompareCommandTest {
    private static final Instant DAY = Instant.parse("2024-01-01T00:00:00Z");
    private static final KeyGenerator KEYS = KeyLayouts.byName().get("hive").apply(2_345);
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of("logs", KEYS),
            PracticeBucket.of("logs-eu", KEYS).in("eu-central-1"),
            PracticeBucket.of(
                    "old",
                    StoredObject.ofText("site/a", "one", DAY),
                    StoredObject.ofText("site/b", "two", DAY),
                    StoredObject.ofText("site/c", "three", DAY)),
            PracticeBucket.of(
                    "new",
                    StoredObject.ofText("www/2024/b", "TWO", DAY),
                    StoredObject.ofText("www/2024/c", "three", DAY.plusSeconds(9)),
                    StoredObject.ofText("www/2024/d", "three", DAY)));

    @RegisterExtension
    static final CloudExtension CLOUD = new CloudExtension(ESTATE);

    @TempDir
    Path home;

    private CapturedConsole console;

    @BeforeEach
    void sitDown() {
        console = new CapturedConsole(home);
    }

    @Test
    void equalBucketsEndWith0() {
        CapturedConsole.Result result = run("compare", "logs", "s3://logs-eu");
        assertThat(result.errors()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout()).containsPattern("(?m)^the same +2345$").containsPattern("(?m)^different +0$");
    }

    @Test
    void differencesOfPrefixesAreToldByTheRestOfTheKeyAndEndWith4() {
        CapturedConsole.Result result =
                run("compare", "s3://old/site/", "s3://new/www/2024/", "--format=csv", "--fields=size,date,etag");
        assertThat(result.code()).isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(result.stdout().lines().map(line -> line.replaceFirst("^([^,]*),[^,]*,([^,]*),.*", "$1 $2")))
                .containsExactly("difference key", "only_left a", "etag b", "date c", "only_right d");
        assertThat(result.errors())
                .containsExactly("muster: only left 1, only right 1, different 2, the same 0 objects");
        assertThat(run("compare", "s3://old/site/", "s3://new/www/2024/", "--fields=size", "--format=jsonl")
                        .stdout()
                        .lines())
                .first()
                .isEqualTo(
                        "{\"difference\":\"only_left\",\"bucket\":\"old\",\"key\":\"a\",\"left\":{\"size\":3,\"e_tag\":"
                                + "\"f97c5d29941bfb1b2fdab0874906ab82\",\"last_modified_date\":\"2024-01-01T00:00:00Z\"}}");
    }

    @Test
    void anInventoryIsComparedWithTheBucketThatItIsOf() throws IOException {
        List<InventoryRow> rows = new ArrayList<>(SampleRows.of("logs", KEYS));
        InventoryRow gone = rows.remove(1_000);
        SampleInventory.write(home.resolve("inventory"), InventoryFormat.PARQUET, rows, 700);
        CapturedConsole.Result result =
                run("compare", home.resolve("inventory").toString(), "logs", "--fields=size,date", "--format=jsonl");
        assertThat(result.code()).isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(result.stdout().lines())
                .singleElement()
                .asString()
                .contains("only_right", gone.key().text());
    }

    @Test
    void aServerThatFailsNowAndThenHidesNothing() {
        CLOUD.cloud().faults().seed(11);
        CLOUD.cloud()
                .faults()
                .set(
                        "s3",
                        FaultProfile.NONE
                                .withErrorRate(0.1)
                                .withTruncationRate(0.1)
                                .withShortPageRate(0.5));
        try {
            CapturedConsole.Result result = run("compare", "logs", "logs-eu");
            assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
            assertThat(result.stdout()).containsPattern("(?m)^the same +2345$");
        } finally {
            CLOUD.cloud().faults().clear();
        }
    }

    @Test
    void anIncompleteInventoryProvesNothing() throws IOException {
        SampleInventory.write(
                home.resolve("part"),
                InventoryFormat.CSV,
                SampleRows.of("logs", KEYS),
                5_000,
                SampleInventory.ALL,
                false);
        CapturedConsole.Result result = run("compare", home.resolve("part").toString(), "logs", "--fields=size");
        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stderr()).contains("is of a run that could not list everything");
    }

    @Test
    void aSourceThatIsNotThereIsAnError() {
        CapturedConsole.Result result =
                run("compare", home.resolve("none/manifest.json").toString(), "logs");
        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.stderr()).startsWith("muster: error: there is no inventory at ");
        assertThat(run("compare", "logs", "no-such-bucket").code()).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void duplicatesAreFoundWithTheBytesThatTheyCost() throws IOException {
        CapturedConsole.Result text = run("duplicates", "new");
        assertThat(text.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(text.stdout())
                .containsPattern("copies that could be spared +1")
                .containsPattern("save +5 B");
        assertThat(text.stderr()).contains("equal ETags are a hint, not a proof");
        Path file = home.resolve("copies.csv");
        run("duplicates", "s3://new/www/", "--format=csv", "--output=" + file);
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "e_tag,size,first,bucket,key",
                        "35d6d33467aae9a2e3dccb4b6b027878,5,true,new,www/2024/c",
                        "35d6d33467aae9a2e3dccb4b6b027878,5,false,new,www/2024/d");
    }

    private CapturedConsole.Result run(String... command) {
        return console.run(CapturedConsole.on(CLOUD.cloud(), ESTATE, command));
    }
}
