package dev.muster.inventory.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.emulator.keys.KeyLayouts;
import dev.muster.inventory.format.DuckDb;
import dev.muster.inventory.format.InventoryException;
import dev.muster.inventory.format.InventoryFormat;
import dev.muster.inventory.format.InventoryManifest;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.ManifestJson;
import dev.muster.inventory.format.SampleRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InventoryReaderTest {
    private static final List<InventoryRow> ROWS =
            SampleRows.of("logs", KeyLayouts.byName().get("hive").apply(1_000));

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(InventoryFormat.class)
    void anInventoryByMusterIsReadFromItsDirectoryOrItsManifest(InventoryFormat format) throws IOException {
        SampleInventory.write(directory, format, ROWS, 300);
        assertThat(rows(directory)).isEqualTo(ROWS);
        assertThat(rows(directory.resolve("manifest.json"))).isEqualTo(ROWS);
        assertThat(manifest().ordered()).isTrue();
    }

    @Test
    void anInventoryByAmazonIsReadBesideItsManifest() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        Path file = data.resolve("one.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("copy (select 'k' || i as key, i as size, timestamp '2024-01-01' as last_modified_date"
                    + " from range(10) t(i)) to '" + file + "' (format parquet)");
        }
        Path manifest = SampleInventory.amazons(directory, "logs", "Parquet", "message s3.inventory {}", List.of(file));
        List<InventoryRow> rows = rows(manifest);
        assertThat(rows).hasSize(10).allSatisfy(row -> assertThat(row.bucket()).isEqualTo("logs"));
        try (InventoryReader inventory = new InventoryReader(new DirectoryFiles(manifest), Set.of())) {
            assertThat(inventory.manifest().ordered()).isFalse();
            assertThat(inventory.manifest().complete()).isTrue();
            assertThat(inventory.manifest().destinationBucket()).isEqualTo("inventories");
        }
    }

    @Test
    void aFormatThatIsNotReadIsRefusedInASentence() throws IOException {
        Path manifest = SampleInventory.amazons(directory, "logs", "ORC", "struct<key:string>", List.of());
        assertThatThrownBy(() -> rows(manifest))
                .isInstanceOf(InventoryException.class)
                .hasMessage(manifest + " is of an inventory in ORC, which is not read: have it made in Parquet or CSV");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        SampleInventory.write(directory, InventoryFormat.CSV, ROWS, 300);
        Files.delete(directory.resolve("data/part-2.csv.zst"));
        assertThatThrownBy(() -> rows(directory))
                .hasMessage("the inventory " + directory.resolve("manifest.json")
                        + " lacks its file data/part-2.csv.zst: it is neither below " + directory + " nor beside it");
    }

    @Test
    void aFileThatIsNotTheManifestsIsRefused() throws IOException {
        SampleInventory.write(directory, InventoryFormat.JSONL, ROWS, 600);
        Path part = directory.resolve("data/part-0.jsonl.zst");
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length / 2]++;
        Files.write(part, bytes);
        assertThatThrownBy(() -> rows(directory))
                .hasMessage("the file " + part + " has another MD5 digest, against the manifest "
                        + directory.resolve("manifest.json") + ": it is damaged, or of another inventory");
        Files.write(part, new byte[0]);
        assertThatThrownBy(() -> rows(directory)).hasMessageContaining("has 0 bytes instead of " + bytes.length);
    }

    @Test
    void aManifestThatLiesAboutRowsIsFoundOut() throws IOException {
        SampleInventory.write(directory, InventoryFormat.PARQUET, ROWS, 1_000);
        InventoryManifest manifest = manifest();
        InventoryManifest.DataFile file = manifest.files().get(0);
        InventoryManifest.RowRange range = file.range();
        InventoryManifest.DataFile lie = new InventoryManifest.DataFile(
                file.key(),
                -1,
                "",
                new InventoryManifest.RowRange(
                        999, range.firstBucket(), range.firstKey(), range.lastBucket(), range.lastKey()));
        SampleInventory.put(
                directory,
                new InventoryManifest("", "", 0, manifest.fileFormat(), manifest.fileSchema(), true, List.of(lie)));
        assertThatThrownBy(() -> rows(directory)).hasMessageContaining("has 1000 rows instead of 999");
    }

    @Test
    void aManifestThatNamesAFileTwiceIsRefused() throws IOException {
        SampleInventory.write(directory, InventoryFormat.CSV, ROWS, 1_000);
        InventoryManifest manifest = manifest();
        InventoryManifest.DataFile file = manifest.files().get(0);
        SampleInventory.put(
                directory,
                new InventoryManifest(
                        "", "", 0, manifest.fileFormat(), manifest.fileSchema(), true, List.of(file, file)));
        assertThatThrownBy(() -> rows(directory)).hasMessageContaining("names the file data/part-0.csv.zst twice");
    }

    @Test
    void aManifestThatIsNotTheOneOfItsChecksumIsRefused() throws IOException {
        SampleInventory.write(directory, InventoryFormat.CSV, ROWS, 1_000);
        Files.writeString(directory.resolve("manifest.checksum"), "0123456789abcdef0123456789abcdef");
        assertThatThrownBy(() -> rows(directory))
                .hasMessageContaining("is not the one that its manifest.checksum is of");
    }

    @Test
    void whatIsNoInventoryIsSaidToBeNone() throws IOException {
        assertThatThrownBy(() -> rows(directory)).hasMessageStartingWith("there is no inventory at ");
        Files.writeString(directory.resolve("manifest.json"), "{\"fileFormat\":\"CSV\",\"fileSchema\":\"Key\"}");
        assertThatThrownBy(() -> rows(directory))
                .hasMessage(directory.resolve("manifest.json") + " is no manifest of an inventory: it has no files");
        Files.writeString(directory.resolve("manifest.json"), "hello");
        assertThatThrownBy(() -> rows(directory))
                .hasMessageContaining(" is no manifest of an inventory: it is no JSON (");
    }

    @Test
    void aManifestNamesNoFileOutsideItsPlace() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "x");
        Path inner = Files.createDirectories(directory.resolve("a/b"));
        SampleInventory.put(
                inner,
                new InventoryManifest(
                        "b",
                        "",
                        0,
                        InventoryFormat.CSV,
                        "Key",
                        true,
                        List.of(new InventoryManifest.DataFile("../../" + secret.getFileName(), -1, "", null))));
        assertThatThrownBy(() -> rows(inner)).hasMessageContaining("lacks its file ../../secret");
    }

    @Property(tries = 300)
    void aDamagedManifestIsReadOrRefusedButNothingElse(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] text = ManifestJson.write(new InventoryManifest(
                "logs",
                "dest",
                5,
                InventoryFormat.CSV,
                "Bucket, Key",
                true,
                List.of(
                        new InventoryManifest.DataFile("data/a.csv", 7, "00", null),
                        new InventoryManifest.DataFile(
                                "data/b.csv",
                                7,
                                "00",
                                new InventoryManifest.RowRange(
                                        1,
                                        "b",
                                        ROWS.get(0).key(),
                                        "b",
                                        ROWS.get(1).key())))));
        for (int i = 0; i < 3; i++) {
            text[random.nextInt(text.length)] = (byte) random.nextInt(32, 127);
        }
        try {
            ManifestJson.read(text, "it");
        } catch (InventoryException e) {
            assertThat(e).hasMessageStartingWith("it").hasMessageNotContaining("\n");
        }
    }

    private InventoryManifest manifest() throws IOException {
        return ManifestJson.read(Files.readAllBytes(directory.resolve("manifest.json")), "it");
    }

    private static List<InventoryRow> rows(Path place) throws IOException {
        List<InventoryRow> rows = new ArrayList<>();
        try (InventoryReader inventory =
                new InventoryReader(new DirectoryFiles(place), Set.copyOf(SampleInventory.ALL))) {
            for (InventoryRow row = inventory.next(); row != null; row = inventory.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
