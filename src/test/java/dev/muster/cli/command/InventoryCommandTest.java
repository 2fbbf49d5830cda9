package dev.muster.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.Stdout;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.emulator.server.ServiceError;
import dev.muster.inventory.format.ManifestJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InventoryCommandTest {
    private static final String PART = "6d1ea6eb-efc5-48cc-82fc-ebfd91ce2748.parquet";
    private static final Instant STARTED = Instant.parse("2024-01-01T00:00:00Z");
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of("logs-a", new SequentialKeys(2_345)),
            PracticeBucket.of(
                    "letters",
                    StoredObject.ofText("a/one", "12345", Instant.parse("2024-01-01T00:00:00Z")),
                    StoredObject.ofText("b/two, \"three\"", "1234567890", Instant.parse("2023-01-01T00:00:00Z"))),
            PracticeBucket.of("sealed").locked(),
            PracticeBucket.of("target"),
            PracticeBucket.of("uploads")
                    .with(
                            new PendingUpload("killed/_temporary/" + PART, STARTED, List.of(5L)),
                            new PendingUpload("killed/_temporary/mine", STARTED, List.of(5L)),
                            new PendingUpload("killed/data/" + PART, STARTED, List.of(5L))));

    /** More than a dataset's place is looked at before the first page of a bucket is listed. */
    private static final int LISTS_TO_BEGIN = 8;

    @RegisterExtension
    static final CloudExtension CLOUD = new CloudExtension(ESTATE);

    @TempDir
    Path home;

    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private CapturedConsole console;
    private Path directory;

    @BeforeEach
    void sitDown() {
        console = new CapturedConsole(home);
        directory = home.resolve("dataset");
    }

    @Test
    void aDatasetHasItsFilesInOrderAManifestAndAMarkOfSuccess() throws IOException {
        CapturedConsole.Result result = inventory("--exclude=sealed,target,uploads");

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stderr()).contains("muster: wrote " + directory + ": 2,347 rows, 1 data file, ");
        assertThat(names("")).containsExactly("_SUCCESS", "data", "manifest.checksum", "manifest.json", "symlink.txt");
        byte[] text = Files.readAllBytes(directory.resolve("manifest.json"));
        JsonNode manifest = JsonMapper.builder().build().readTree(text);
        assertThat(manifest.path("complete").asBoolean()).isTrue();
        assertThat(manifest.at("/files/0/rows").asLong()).isEqualTo(2_347);
        assertThat(manifest.at("/files/0/firstBucket").asText()).isEqualTo("letters");
        assertThat(manifest.at("/files/0/lastBucket").asText()).isEqualTo("logs-a");
        Path file = directory.resolve(manifest.at("/files/0/key").asText());
        assertThat(ManifestJson.md5(Files.readAllBytes(file)))
                .isEqualTo(manifest.at("/files/0/MD5checksum").asText());
        assertThat(directory.resolve("manifest.checksum")).hasContent(ManifestJson.md5(text));
        assertThat(directory.resolve("symlink.txt")).hasContent(file.toUri().toString());
        assertThat(console.state().resolve("muster")).isEmptyDirectory();
    }

    @Test
    void anInventoryIsReplacedOnlyWhereThatIsAskedFor() throws IOException {
        inventory("--include=letters");
        List<String> before = names("data");

        CapturedConsole.Result refused = inventory("--include=logs-a");
        assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(refused.errors()).singleElement().asString().contains("there is an inventory already", "--force");
        assertThat(names("data")).isEqualTo(before);
        assertThat(directory.resolve("_SUCCESS")).exists();

        assertThat(inventory("--include=logs-a", "--force", "--format=jsonl").code())
                .isEqualTo(ExitCodes.COMPLETE);
        assertThat(names("data")).singleElement().asString().endsWith(".jsonl.gz");
        assertThat(lines()).hasSize(2_345);
    }

    @Test
    void foreignFilesAmongTheDataAreNeverTouched() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/mine.parquet"), "precious");

        CapturedConsole.Result result = inventory("--include=letters", "--force");

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains("mine.parquet");
        assertThat(directory.resolve("data/mine.parquet")).hasContent("precious");
    }

    @Test
    void csvIsThatOfAmazonWithEncodedKeys() throws IOException {
        inventory("--include=letters", "--format=csv", "--columns=bucket,key,size,last_modified_date");

        assertThat(lines())
                .containsExactly(
                        "\"letters\",\"a/one\",\"5\",\"2024-01-01T00:00:00.000Z\"",
                        "\"letters\",\"b/two%2C%20%22three%22\",\"10\",\"2023-01-01T00:00:00.000Z\"");
    }

    @Test
    void onlyTheObjectsThatAFilterLetsThroughAreRows() throws IOException {
        inventory("--include=letters", "--format=jsonl", "--min-size=6", "--columns=bucket,key");

        assertThat(lines()).containsExactly("{\"bucket\":\"letters\",\"key\":\"b/two, \\\"three\\\"\"}");
    }

    @Test
    void theReportIsThatOfAnAudit() throws IOException {
        Path report = home.resolve("audit.json");
        inventory("--exclude=sealed,target,uploads", "--report=" + report);

        JsonNode mine = JsonMapper.builder().build().readTree(report.toFile());
        JsonNode audit = JsonMapper.builder()
                .build()
                .readTree(console.run(CapturedConsole.on(
                                CLOUD.cloud(), ESTATE, "audit", "--exclude=sealed,target,uploads", "--format=json"))
                        .stdout());
        assertThat(mine.path("buckets")).isEqualTo(audit.path("buckets"));
        assertThat(mine.path("total")).isEqualTo(audit.path("total"));
        assertThat(mine.path("complete").asBoolean()).isTrue();
    }

    @Test
    void whatIsMissingIsNamedAndThereIsNoMarkOfSuccess() throws IOException {
        CapturedConsole.Result result = inventory();

        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stderr()).contains("muster: incomplete: ", "sealed");
        assertThat(directory.resolve("_SUCCESS")).doesNotExist();
        assertThat(Files.readString(directory.resolve("manifest.json"))).contains("\"complete\" : false");
    }

    @Test
    void whatFailedIsTriedAgainByAResumptionThatCompletesTheDataset() throws IOException {
        Path few = Files.writeString(home.resolve("few.conf"), "muster.engine.max-attempts = 1");
        CLOUD.cloud().faults().seed(7);
        CLOUD.cloud().faults().set("s3", FaultProfile.NONE.withErrorRate(0.5));
        CapturedConsole.Result first = inventory("--include=logs-a", "--include=letters", "--config=" + few);
        assertThat(first.code()).as(first.stderr()).isNotEqualTo(ExitCodes.COMPLETE);
        assertThat(directory.resolve("_SUCCESS")).doesNotExist();

        CLOUD.cloud().faults().clear();
        CapturedConsole.Result second =
                inventory("--include=logs-a", "--include=letters", "--config=" + few, "--resume");

        assertThat(second.code()).as(second.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(directory.resolve("_SUCCESS")).exists();
        assertThat(Files.readString(directory.resolve("manifest.json"))).contains("\"rows\" : 2347");
    }

    @Test
    void anUploadThatIsRefusedEndsTheRunWithALineAndTheResumptionCompletesTheDataset() throws Exception {
        Estate estate = Estate.of(PracticeBucket.of("many", new SequentialKeys(20_000)), PracticeBucket.of("refusing"));
        try (PracticeCloud server = PracticeCloud.start(estate)) {
            List<String> command = CapturedConsole.on(
                    server, estate, "inventory", "many", "--workers=1", "--output=s3://refusing/inventory");
            server.faults()
                    .set("s3:ListObjectsV2", FaultProfile.NONE.withLatency(Latency.fixed(Duration.ofMillis(50))));
            CompletableFuture<CapturedConsole.Result> run = CompletableFuture.supplyAsync(() -> console.run(command));
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> server.counts().of("ListObjectsV2") > LISTS_TO_BEGIN || run.isDone());
            server.faults().set("s3:PutObject", denied());
            CapturedConsole.Result refused = run.get();
            assertThat(refused.code()).as(refused.stderr()).isEqualTo(ExitCodes.FAILED);
            assertThat(refused.errors()).anySatisfy(line -> assertThat(line)
                    .startsWith("muster: error: write s3://refusing/inventory/_temporary/")
                    .contains("AccessDenied"));

            server.faults().clear();
            List<String> again =
                    Stream.concat(command.stream(), Stream.of("--resume")).toList();
            CapturedConsole.Result resumed = console.run(again);
            assertThat(resumed.code()).as(resumed.stderr()).isEqualTo(ExitCodes.COMPLETE);
            assertThat(resumed.stderr()).contains("muster: wrote s3://refusing/inventory: 20,000 rows");
        }
    }

    private static FaultProfile denied() {
        return FaultProfile.NONE.withErrors(1, List.of(new ServiceError(403, "AccessDenied", "no")));
    }

    @Test
    void aRunThatWasStoppedBeforeItsFirstCheckpointBeginsAnewWhenItIsResumed() throws IOException {
        inventory();
        byte[] begun = Files.readAllBytes(directory.resolve("_temporary/begun"));
        directory = home.resolve("killed");
        Files.createDirectories(directory.resolve("_temporary"));
        Files.write(
                directory.resolve("_temporary/begun"),
                new String(begun, UTF_8).replace("dataset", "killed").getBytes(UTF_8));

        CapturedConsole.Result another = inventory("--include=letters", "--resume");
        assertThat(another.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(another.errors()).singleElement().asString().contains("cannot resume");

        CapturedConsole.Result resumed = inventory("--resume");
        assertThat(resumed.stderr()).contains("muster: the earlier run was stopped before its first checkpoint");
        assertThat(resumed.code()).as(resumed.stderr()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(Files.readString(directory.resolve("manifest.json"))).contains("\"rows\" : 2347");
    }

    @Test
    void incompleteUploadsOfKilledRunsAreAbortedAndThoseOfOthersAreNot() {
        assertThat(inventory("--include=letters", "--output=s3://uploads/killed")
                        .code())
                .isEqualTo(ExitCodes.COMPLETE);

        CapturedConsole.Result left = console.run(
                CapturedConsole.on(CLOUD.cloud(), ESTATE, "audit", "--include=uploads", "--uploads", "--format=json"));
        assertThat(left.stdout()).contains("\"uploads\": 2, \"upload_bytes\": 10");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsToldBeforeTheRun() throws IOException {
        Files.writeString(directory, "a file");

        CapturedConsole.Result result = inventory("--include=letters");

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains(directory.toString());
        assertThat(directory).hasContent("a file");
    }

    @Test
    void aRunThatCameToNothingLeavesNothingBehind() {
        CapturedConsole.Result result = inventory("--include=sealed");

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(directory.resolve("_temporary")).doesNotExist();
        assertThat(directory.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void aDatasetInABucketIsLikeOneInADirectory() throws IOException {
        inventory("--include=letters,logs-a", "--format=jsonl");
        List<String> here = lines();
        String place = "--output=s3://target/inventory/";

        CapturedConsole.Result result = inventory("--include=letters,logs-a", "--format=jsonl", place);
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stderr()).contains("muster: wrote s3://target/inventory: 2,347 rows, 1 data file, ");
        CapturedConsole.Result refused = inventory("--include=letters", place);
        assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(refused.errors()).singleElement().asString().contains("s3://target/inventory", "--force");
        assertThat(inventory("--include=letters", place, "--force", "--format=jsonl")
                        .code())
                .isEqualTo(ExitCodes.COMPLETE);

        inventory("s3://target/inventory/", "--format=jsonl", "--columns=bucket,key", "--force");
        assertThat(here).hasSize(2_347);
        assertThat(lines().stream().map(line -> line.replaceFirst("part-00000-[0-9a-f-]+", "part")))
                .containsExactly(
                        "{\"bucket\":\"target\",\"key\":\"inventory/_SUCCESS\"}",
                        "{\"bucket\":\"target\",\"key\":\"inventory/data/part.jsonl.gz\"}",
                        "{\"bucket\":\"target\",\"key\":\"inventory/manifest.checksum\"}",
                        "{\"bucket\":\"target\",\"key\":\"inventory/manifest.json\"}",
                        "{\"bucket\":\"target\",\"key\":\"inventory/symlink.txt\"}");
    }

    @Test
    void rowsArePrintedInTheOrderOfADatasetAndNothingElseIs() throws IOException {
        String[] lines = {"--include=logs-a,letters", "--format=jsonl"};
        inventory(lines);

        CapturedConsole.Result printed = inventory(lines[0], lines[1], "--output=-");

        assertThat(printed.code()).as(printed.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(printed.stdout().lines()).containsExactlyElementsOf(lines());
    }

    @Test
    void printedRowsAreCompressedWhereThatIsAskedForAndAReportIsWrittenBesides() throws IOException {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        Path report = home.resolve("audit.json");

        int code = print(stdout, "--format=csv", "--compression=gzip", "--columns=bucket,key", "--report=" + report);

        assertThat(code).isEqualTo(ExitCodes.COMPLETE);
        assertThat(new String(
                        new GZIPInputStream(new ByteArrayInputStream(stdout.toByteArray())).readAllBytes(), UTF_8))
                .startsWith("\"letters\",\"a/one\"\n\"letters\",\"b/two%2C%20%22three%22\"\n\"logs-a\",");
        assertThat(report).content().contains("\"objects\": 2347,");
    }

    @Test
    void whereSomeBucketsCannotBeReadTheRowsOfTheOthersArePrinted() {
        CapturedConsole.Result printed = inventory("--format=csv", "--columns=bucket,key", "--output=-");

        assertThat(printed.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(printed.stderr()).contains("muster: incomplete: ", "sealed");
        assertThat(printed.stdout().lines().filter(line -> line.startsWith("\"l")))
                .hasSize(2_347);
    }

    @Test
    void aReaderOfTheRowsWhoHasSeenEnoughIsNoFailure() {
        assertThat(print(failing("Broken pipe"), "--format=jsonl")).isEqualTo(ExitCodes.COMPLETE);
        assertThat(new CapturedConsole.Result(0, "", stderr.toString(UTF_8)).errors())
                .isEmpty();
    }

    @Test
    void aDiskThatIsFullOfRowsIsToldInALine() {
        assertThat(print(failing("No space left on device"), "--format=jsonl")).isEqualTo(ExitCodes.FAILED);
        assertThat(stderr.toString(UTF_8))
                .endsWith("muster: error: cannot write the rows to stdout: No space left on device; give a directory"
                        + " with --output\n");
    }

    private int print(OutputStream stdout, String... options) {
        List<String> arguments = new ArrayList<>(List.of("inventory", "--output=-", "--include=letters,logs-a"));
        arguments.addAll(List.of(options));
        return console.run(
                CapturedConsole.on(CLOUD.cloud(), ESTATE, arguments.toArray(String[]::new)),
                new Stdout(stdout),
                stderr);
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void aPlaceThatNoInventoryCanGoToIsWrongUse() {
        assertThat(inventory("--output=-").errors()).singleElement().asString().contains("--output -: Parquet");
        for (String option : List.of("--resume", "--force", "--cluster")) {
            CapturedConsole.Result refused = inventory("--output=-", "--format=csv", option);
            assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(refused.errors()).singleElement().asString().startsWith("muster: error: --output -: ");
        }
        assertThat(inventory("--output=gs://x/y").errors())
                .singleElement()
                .asString()
                .contains("gs://x/y");
        assertThat(inventory("--output=").errors()).singleElement().asString().contains("--output");
        assertThat(inventory("--columns=size").errors())
                .singleElement()
                .asString()
                .contains("bucket and key");
    }

    @Test
    void aBucketThatIsNotThereIsToldBeforeTheRun() {
        CapturedConsole.Result result = inventory("--include=letters", "--output=s3://nowhere/x");

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains("s3://nowhere/x", "NoSuchBucket");
    }

    private CapturedConsole.Result inventory(String... options) {
        List<String> arguments = new ArrayList<>(List.of("inventory"));
        arguments.addAll(List.of(options));
        if (!String.join(" ", options).contains("--output=")) {
            arguments.add("--output=" + directory);
        }
        return console.run(CapturedConsole.on(CLOUD.cloud(), ESTATE, arguments.toArray(String[]::new)));
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : names("data")) {
            try (var in = new GZIPInputStream(
                    Files.newInputStream(directory.resolve("data").resolve(name)))) {
                lines.addAll(new String(in.readAllBytes(), UTF_8).lines().toList());
            }
        }
        return lines;
    }
}
