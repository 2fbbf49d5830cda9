package dev.muster.inventory.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts;
import dev.muster.emulator.keys.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A foreign reader decides whether the files hold what was written. */
class InventoryWriterTest {
    private static final List<InventoryColumn> ALL = List.of(InventoryColumn.values());
    private static DuckDb duck;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() throws Exception {
        duck = new DuckDb();
    }

    @AfterAll
    static void close() throws Exception {
        duck.close();
    }

    static Stream<String> layouts() {
        return KeyLayouts.byName().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyLayoutIsReadAsItIsInEveryFormat(String layout) throws Exception {
        LongFunction<KeyGenerator> keys = KeyLayouts.byName().get(layout);
        KeyGenerator generator = keys.apply(2_500);
        Totals truth = Totals.of(generator);
        List<InventoryRow> rows = SampleRows.of("logs", generator);
        for (InventoryFormat format : InventoryFormat.values()) {
            String table = table(format, InventoryCompression.ZSTD, ALL, rows);
            List<String> found = duck.rows("select count(*), count(distinct key), sum(size), max(size), "
                            + "epoch_ms(min(last_modified_date)), epoch_ms(max(last_modified_date)), min(key), max(key), "
                            + "count(*) filter (storage_class = 'STANDARD'), count(*) filter (is_multipart_uploaded), "
                            + "count(is_latest), count(distinct e_tag) from " + table)
                    .get(0);
            assertThat(found)
                    .as("%s", format)
                    .containsExactly(
                            "2500",
                            "2500",
                            "" + truth.bytes(),
                            "" + truth.largest(),
                            "" + truth.oldestSecond() * 1000,
                            "" + truth.newestSecond() * 1000,
                            text(generator.key(0)),
                            text(generator.key(2_499)),
                            ""
                                    + truth.objectsByClass()
                                            .get(dev.muster.emulator.keys.KeyGenerator.StorageClass.STANDARD),
                            "278",
                            "0",
                            "2500");
            assertThat(keys(table))
                    .as("order in %s", format)
                    .isEqualTo(rows.stream().map(row -> row.key().text()).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(InventoryCompression.class)
    void awkwardKeysAreExactInEveryFormatAndCompression(InventoryCompression compression) throws Exception {
        List<InventoryRow> rows = SampleRows.AWKWARD_KEYS.stream()
                .map(key -> SampleRows.bare("odd\"bucket,", ObjectKey.of(key)))
                .toList();
        for (InventoryFormat format : InventoryFormat.values()) {
            String table = table(format, compression, ALL, rows);
            assertThat(keys(table)).as("%s", format).isEqualTo(SampleRows.AWKWARD_KEYS);
            assertThat(duck.rows(
                            "select distinct bucket, count(size), count(version_id) from " + table + " group by 1"))
                    .containsExactly(List.of("odd\"bucket,", "0", "0"));
        }
    }

    @Test
    void aKeyThatIsNoTextStaysItsBytes() throws Exception {
        ObjectKey key = ObjectKey.copyOf(new byte[] {'a', (byte) 0xff, (byte) 0xc3, '/', 0});
        List<InventoryRow> rows = List.of(SampleRows.bare("b", key));
        assertThat(Files.readString(write(InventoryFormat.CSV, InventoryCompression.NONE, ALL, rows)))
                .startsWith("\"b\",\"a%FF%C3/%00\",\"\",");
        assertThat(Files.readString(write(InventoryFormat.JSONL, InventoryCompression.NONE, ALL, rows)))
                .isEqualTo("{\"bucket\":\"b\",\"key_base64\":\"Yf/DLwA=\"}\n");
        assertThat(Files.readAllBytes(write(InventoryFormat.PARQUET, InventoryCompression.NONE, ALL, rows)))
                .containsSequence(key.bytes());
    }

    @Test
    void csvIsAsAmazonWritesIt() throws Exception {
        InventoryRow row = new InventoryRow(
                "logs",
                ObjectKey.of("2024/a b+c.txt"),
                "v1",
                true,
                false,
                12L,
                Instant.parse("2024-02-29T23:59:58.250Z").toEpochMilli(),
                "9b2cf535f27731c974343645a3985328",
                "STANDARD",
                false,
                "CRC64NVME",
                null,
                null,
                "eu-west-1");
        assertThat(Files.readString(write(InventoryFormat.CSV, InventoryCompression.NONE, ALL, List.of(row))))
                .isEqualTo(
                        "\"logs\",\"2024/a%20b%2Bc.txt\",\"v1\",\"true\",\"false\",\"12\",\"2024-02-29T23:59:58.250Z\","
                                + "\"9b2cf535f27731c974343645a3985328\",\"STANDARD\",\"false\",\"CRC64NVME\",\"\",\"\",\"eu-west-1\"\n");
    }

    @Test
    void parquetHasTheTypesOfAmazonsInventories() throws Exception {
        Path file = write(InventoryFormat.PARQUET, InventoryCompression.ZSTD, ALL, List.of());
        assertThat(duck.rows("select name, type, converted_type, repetition_type from parquet_schema('" + file + "')"))
                .contains(
                        Arrays.asList("key", "BYTE_ARRAY", "UTF8", "REQUIRED"),
                        Arrays.asList("is_latest", "BOOLEAN", null, "OPTIONAL"),
                        Arrays.asList("size", "INT64", null, "OPTIONAL"),
                        Arrays.asList("last_modified_date", "INT64", "TIMESTAMP_MILLIS", "OPTIONAL"),
                        Arrays.asList("e_tag", "BYTE_ARRAY", "UTF8", "OPTIONAL"))
                .hasSize(1 + ALL.size());
        assertThat(duck.rows("select count(*) from '" + file + "'")).containsExactly(List.of("0"));
    }

    @Test
    void manyRowsMakeGroupsAndPagesThatAReaderPassesOver() throws Exception {
        KeyGenerator keys = KeyLayouts.byName().get("dated").apply(250_000);
        Path file = write(InventoryFormat.PARQUET, InventoryCompression.ZSTD, ALL, SampleRows.of("logs", keys));
        assertThat(Files.size(file) / 250_000.0).as("bytes a row").isLessThan(25.5);
        assertThat(duck.rows("select count(*), count(distinct row_group_id) from parquet_metadata('" + file + "')"))
                .containsExactly(List.of("" + 3 * ALL.size(), "3"));
        assertThat(duck.rows("select stats_min_value, stats_max_value from parquet_metadata('" + file
                        + "') where path_in_schema = 'key' and row_group_id = 1"))
                .containsExactly(List.of(text(keys.key(100_000)), text(keys.key(199_999))));
        assertThat(duck.rows(
                        "select count(*), sum(size) from '" + file + "' where key > '" + text(keys.key(123_456)) + "'"))
                .containsExactly(List.of("126543", "" + sizes(keys, 123_457)));
    }

    @Test
    void chosenColumnsAreInTheirUsualOrder() throws Exception {
        List<InventoryColumn> columns = InventoryColumn.parse(List.of("size", " Key", "bucket", "size"));
        Path file = write(
                InventoryFormat.PARQUET,
                InventoryCompression.GZIP,
                columns,
                SampleRows.of("logs", KeyLayouts.byName().get("uuid").apply(3)));
        assertThat(duck.rows("select column_name from (describe select * from '" + file + "')"))
                .containsExactly(List.of("bucket"), List.of("key"), List.of("size"));
    }

    private static long sizes(KeyGenerator keys, int from) {
        long sum = 0;
        for (long i = from; i < keys.size(); i++) {
            sum += keys.bytes(i);
        }
        return sum;
    }

    /** Writes rows and tells DuckDB how to read them. */
    private String table(
            InventoryFormat format,
            InventoryCompression compression,
            List<InventoryColumn> columns,
            List<InventoryRow> rows)
            throws IOException {
        Path file = write(format, compression, columns, rows);
        return switch (format) {
            case PARQUET -> "'" + file + "'";
            case JSONL ->
                "read_json('" + file + "', format = 'newline_delimited', columns = {"
                        + columns.stream()
                                .map(column -> column.label() + ": '" + type(column) + "'")
                                .collect(joining(", "))
                        + "})";
            case CSV ->
                "(select * replace (url_decode(key) as key) from read_csv('" + file
                        + "', header = false, quote = '\"', escape = '\"', delim = ',', nullstr = '', strict_mode = true, "
                        + "allow_quoted_nulls = true, columns = {"
                        + columns.stream()
                                .map(column -> "'" + column.label() + "': '" + type(column) + "'")
                                .collect(joining(", "))
                        + "}))";
        };
    }

    private static String type(InventoryColumn column) {
        return switch (column.type()) {
            case KEY, TEXT -> "VARCHAR";
            case FLAG -> "BOOLEAN";
            case NUMBER -> "BIGINT";
            case TIME -> "TIMESTAMP";
        };
    }

    private Path write(
            InventoryFormat format,
            InventoryCompression compression,
            List<InventoryColumn> columns,
            List<InventoryRow> rows)
            throws IOException {
        Path file = directory.resolve("part" + format.suffix(compression));
        try (InventoryWriter writer = InventoryWriter.of(format, columns, compression, Files.newOutputStream(file))) {
            for (InventoryRow row : rows) {
                writer.write(row);
            }
            assertThat(writer.rows()).isEqualTo(rows.size());
            writer.close();
            assertThat(writer.bytes()).isEqualTo(Files.size(file));
        }
        return file;
    }

    private static List<String> keys(String table) throws Exception {
        return duck.rows("select key from " + table).stream()
                .map(row -> row.get(0))
                .toList();
    }

    private static String text(byte[] key) {
        return new String(key, UTF_8);
    }
}
