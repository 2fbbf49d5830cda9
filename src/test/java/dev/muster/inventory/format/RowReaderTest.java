package dev.muster.inventory.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.emulator.keys.KeyLayouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowReaderTest {
    private static final List<InventoryColumn> ALL = List.of(InventoryColumn.values());
    private static final String AMAZONS_CSV =
            "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, LastModifiedDate, ETag,"
                    + " StorageClass, IsMultipartUploaded, ReplicationStatus, EncryptionStatus, ObjectOwner";

    @TempDir
    Path directory;

    @Property(tries = 60)
    void whatWasWrittenIsReadInEveryFormat(
            @ForAll long seed, @ForAll InventoryFormat format, @ForAll InventoryCompression compression)
            throws IOException {
        Random random = new Random(seed);
        List<InventoryRow> rows = SampleRows.random(random, random.nextInt(40));
        Path file = Files.createTempFile("rows", ".part");
        try {
            Files.write(file, bytes(format, compression, rows));
            assertThat(read(file, format, InventoryManifest.schema(format, ALL)))
                    .isEqualTo(rows);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void pagesAndRowGroupsAreReadOneBehindTheOther() throws IOException {
        List<InventoryRow> rows =
                SampleRows.of("logs", KeyLayouts.byName().get("hive").apply(120_000));
        Path file = directory.resolve("rows.parquet");
        Files.write(file, bytes(InventoryFormat.PARQUET, InventoryCompression.ZSTD, rows));
        assertThat(read(file, InventoryFormat.PARQUET, "")).isEqualTo(rows);
    }

    @Test
    void columnsThatNobodyWantsStayNull() throws IOException {
        Path file = directory.resolve("rows.parquet");
        Files.write(
                file,
                bytes(
                        InventoryFormat.PARQUET,
                        InventoryCompression.GZIP,
                        SampleRows.of("logs", KeyLayouts.byName().get("uuid").apply(3))));
        try (RowReader reader =
                RowReader.of(file, "it", manifest(InventoryFormat.PARQUET, ""), EnumSet.of(InventoryColumn.SIZE))) {
            InventoryRow row = reader.next();
            assertThat(row.size()).isNotNull();
            assertThat(row.eTag()).isNull();
            assertThat(row.bucket()).isEqualTo("logs");
        }
    }

    @ParameterizedTest
    @CsvSource({"snappy,V1", "gzip,V1", "zstd,V2", "uncompressed,V2", "snappy,V2"})
    void parquetByAnotherWriterIsRead(String codec, String version) throws Exception {
        Path file = directory.resolve("foreign.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("copy (select 'logs' as bucket, 'day/' || (i // 7) || '/' || i as key,"
                    + " case when i % 3 = 0 then null else 'v' || i end as version_id, i % 2 = 0 as is_latest,"
                    + " false as is_delete_marker, case when i % 5 = 0 then null else i::bigint * 1000 end as size,"
                    + " make_timestamp(1700000000000000 + i * 1000000) as last_modified_date, md5(i::varchar) as e_tag,"
                    + " 'STANDARD' as storage_class, 'SSE-KMS' as encryption_status, 'me' as object_owner,"
                    + " [1, 2] as extra, {'a': 1, 'size': 2} as nested from range(5000) t(i)) to '" + file
                    + "' (format parquet, compression " + codec + ", parquet_version " + version
                    + ", row_group_size 2048)");
        }
        List<InventoryRow> rows = read(file, InventoryFormat.PARQUET, "");
        assertThat(rows).hasSize(5000);
        for (int i : new int[] {0, 1, 2047, 2048, 4999}) {
            InventoryRow row = rows.get(i);
            assertThat(row.key().text()).isEqualTo("day/" + i / 7 + "/" + i);
            assertThat(row.versionId()).isEqualTo(i % 3 == 0 ? null : "v" + i);
            assertThat(row.isLatest()).isEqualTo(i % 2 == 0);
            assertThat(row.isDeleteMarker()).isFalse();
            assertThat(row.size()).isEqualTo(i % 5 == 0 ? null : (Long) (i * 1000L));
            assertThat(row.lastModifiedMillis()).isEqualTo(1_700_000_000_000L + i * 1000L);
            assertThat(row.eTag()).isEqualTo(ManifestJson.md5(("" + i).getBytes(UTF_8)));
            assertThat(row.owner()).isEqualTo("me");
            assertThat(row.region()).isNull();
        }
    }

    @Test
    void csvByAmazonIsRead() throws IOException {
        String text =
                "\"logs\",\"a/b+c%2Bd%20%D1%8F\",\"\",\"true\",\"false\",\"12\",\"2024-02-29T23:59:58.000Z\",\"0123-2\","
                        + "\"GLACIER\",\"true\",\"\",\"SSE-S3\",\"owner\"\n"
                        + "\"logs\",\"z\",\"v2\",\"false\",\"true\",\"\",\"2024-02-29T23:59:59.000Z\",\"\",\"\",\"false\",\"\",\"\",\"\"\r\n";
        Path file = directory.resolve("amazon.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(UTF_8));
        }
        long second = Instant.parse("2024-02-29T23:59:58Z").toEpochMilli();
        assertThat(read(file, InventoryFormat.CSV, AMAZONS_CSV))
                .containsExactly(
                        new InventoryRow(
                                "logs",
                                ObjectKey.of("a/b c+d я"),
                                null,
                                true,
                                false,
                                12L,
                                second,
                                "0123-2",
                                "GLACIER",
                                true,
                                null,
                                "owner",
                                null,
                                null),
                        new InventoryRow(
                                "logs",
                                ObjectKey.of("z"),
                                "v2",
                                false,
                                true,
                                null,
                                second + 1000,
                                null,
                                null,
                                false,
                                null,
                                null,
                                null,
                                null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"logs\",\"a\"\\n | line 1 has only 2 fields, the manifest's schema 3",
                "\"logs\",\"a\",\"1\",\"2\"\\n | line 1 has more fields, the manifest's schema 3",
                "\"logs\",\"a\",\"1\"\\n\"logs\",\"b\",\"big\"\\n | line 2 has \"big\" for Size",
                "\"logs\",\"a%2\",\"1\"\\n | line 1 has a key that is not URL-encoded",
                "\"logs\",\"a | it ends within line 1",
                "\"logs\",\"\",\"1\"\\n | a row has no key",
                "\"logs\"x,\"a\",\"1\"\\n | line 1 has text behind a field's closing quote"
            })
    void csvThatIsNotAsItsSchemaSaysIsRefusedByItsLine(String text, String reason) throws IOException {
        Path file = directory.resolve("broken.csv");
        Files.writeString(file, text.strip().replace("\\n", "\n"));
        assertThatThrownBy(() -> read(file, InventoryFormat.CSV, "Bucket, Key, Size"))
                .isInstanceOf(InventoryException.class)
                .hasMessage("cannot read it: " + reason);
    }

    @Test
    void aFileWithoutKeysOrOfOtherTypesIsRefused() throws Exception {
        Path file = directory.resolve("foreign.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("copy (select 1 as a) to '" + file + "' (format parquet)");
            assertThatThrownBy(() -> read(file, InventoryFormat.PARQUET, ""))
                    .hasMessage("cannot read it: it has no column key");
            duck.run("copy (select 'b' as bucket, 'k' as key, 'big' as size) to '" + file + "' (format parquet)");
            assertThatThrownBy(() -> read(file, InventoryFormat.PARQUET, ""))
                    .hasMessage(
                            "cannot read it: its column size has the type BYTE_ARRAY, which is not that of Amazon S3"
                                    + " Inventory");
        }
        assertThatThrownBy(() -> read(file, InventoryFormat.CSV, "Bucket, Size"))
                .hasMessage("cannot read it: the manifest's schema names no column Key: Bucket, Size");
    }

    @Property(tries = 400)
    void aDamagedFileIsReadOrRefusedButNothingElse(
            @ForAll long seed, @ForAll InventoryFormat format, @ForAll InventoryCompression compression)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = damaged(random, bytes(format, compression, SampleRows.random(random, 30)));
        Path file = Files.createTempFile("rows", ".part");
        try {
            Files.write(file, bytes);
            read(file, format, InventoryManifest.schema(format, ALL));
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("cannot read it: ").hasMessageNotContaining("\n");
        } finally {
            Files.delete(file);
        }
    }

    /** Bytes of which some are others, or which break off. */
    static byte[] damaged(Random random, byte[] bytes) {
        if (random.nextInt(4) == 0) {
            return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        for (int i = 0; i <= random.nextInt(3) && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] bytes(InventoryFormat format, InventoryCompression compression, List<InventoryRow> rows)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InventoryWriter writer = InventoryWriter.of(format, ALL, compression, bytes)) {
            for (InventoryRow row : rows) {
                writer.write(row);
            }
        }
        return bytes.toByteArray();
    }

    private static List<InventoryRow> read(Path file, InventoryFormat format, String schema) throws IOException {
        List<InventoryRow> rows = new ArrayList<>();
        try (RowReader reader = RowReader.of(file, "it", manifest(format, schema), Set.copyOf(ALL))) {
            for (InventoryRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static InventoryManifest manifest(InventoryFormat format, String schema) {
        return new InventoryManifest("", "", 0, format, schema.isEmpty() ? "none" : schema, true, List.of());
    }
}
