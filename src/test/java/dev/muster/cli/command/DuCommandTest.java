package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.keys.KeyLayouts.TinyDirectoryKeys;
import dev.muster.emulator.server.ServiceError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DuCommandTest {
    private static final Instant OLD = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant NEW = Instant.parse("2024-06-01T00:00:00Z");
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of(
                            "logs",
                            object("2023/01/a.gz", 100, OLD),
                            object("2023/02/b.gz", 200, OLD),
                            object("2024/01/c.log", 5_000, NEW),
                            object("2024/readme", 7, NEW),
                            object("archive/x.gz", 50, OLD),
                            object("top.txt", 3, NEW))
                    .with(new PendingUpload("2024/02/part", NEW, List.of(11L, 12L))),
            PracticeBucket.of(
                    "odd",
                    object("\u001b[31m/x", 1, OLD),
                    object("a//b", 2, OLD),
                    object("/lead", 4, OLD),
                    object("dir/", 8, OLD),
                    object("new\nline/y", 16, OLD)),
            PracticeBucket.of(
                            "versioned",
                            object("a/k", 100, OLD),
                            object("a/k", 10, NEW),
                            StoredObject.deleteMarker("b/k", NEW))
                    .keepingVersions(),
            PracticeBucket.of("tiny", new TinyDirectoryKeys(20_000)),
            PracticeBucket.of("sealed").locked());

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
    void theLargestPrefixComesFirstAndTheLinesAddUp() {
        assertThat(du("s3://logs").stdout().lines().map(String::stripTrailing))
                .containsExactly(
                        "Bytes  Objects  Newest      Oldest      Storage class  Prefix",
                        " 5360        6  2024-06-01  2020-01-01  STANDARD       s3://logs/",
                        " 5007        2  2024-06-01  2024-06-01  STANDARD       s3://logs/2024/",
                        "  300        2  2020-01-01  2020-01-01  STANDARD       s3://logs/2023/",
                        "   50        1  2020-01-01  2020-01-01  STANDARD       s3://logs/archive/",
                        "    3        1  2024-06-01  2024-06-01  STANDARD       s3://logs/ (direct)");
    }

    @Test
    void aPrefixIsTheRootOfWhatIsBelowIt() throws IOException {
        assertThat(prefixes("s3://logs/2024/")).containsExactly("2024/", "2024/01/", "2024/ (direct)");
        assertThat(prefixes("s3://logs/202")).containsExactly("202", "2024/", "2023/");
        assertThat(prefixes("s3://logs", "-d0")).containsExactly("");
        assertThat(prefixes("s3://logs", "--max-depth", "9"))
                .containsExactly(
                        "",
                        "2024/",
                        "2024/01/",
                        "2024/ (direct)",
                        "2023/",
                        "2023/02/",
                        "2023/01/",
                        "archive/",
                        " (direct)");
    }

    @Test
    void whatIsNotShownIsOther() throws IOException {
        assertThat(prefixes("s3://logs", "--top=1")).containsExactly("", "2024/", " (direct)", " (other)");
        assertThat(prefixes("s3://logs", "--min-share=2%"))
                .containsExactly("", "2024/", "2023/", " (direct)", " (other)");
        assertThat(prefixes("s3://logs", "--sort=name", "--min-share=2%"))
                .containsExactly("", "2023/", "2024/", " (direct)", " (other)");
        assertThat(prefixes("s3://logs", "--sort=modified"))
                .containsExactly("", "2024/", "2023/", "archive/", " (direct)");
        assertThat(prefixes("s3://logs", "--sort=objects", "--top=2"))
                .containsExactly("", "2023/", "2024/", " (direct)", " (other)");
        assertThat(prefixes("s3://logs", "--sort=size")).isEqualTo(prefixes("s3://logs", "--sort=bytes"));
    }

    @Test
    void aDelimiterMayBeAnyText() throws IOException {
        assertThat(prefixes("s3://logs", "--delimiter=01/", "--sort=name"))
                .containsExactly("", "2023/01/", "2024/01/", " (direct)");
    }

    @Test
    void awkwardKeysAreExactInJsonAndEscapedInText() throws IOException {
        assertThat(prefixes("s3://odd", "--sort=name", "-d2"))
                .containsExactly("", "\u001b[31m/", "/", "a/", "a//", "dir/", "new\nline/");
        assertThat(du("s3://odd").stdout())
                .contains("s3://odd/\\x1b[31m/", "s3://odd/new\\nline/")
                .doesNotContain("\u001b");
    }

    @Test
    void versionsAndUploadsHaveTheirPrefix() throws IOException {
        JsonNode versions = lines(du("s3://versioned", "--versions", "--format=json"));
        assertThat(versions.at("/1/prefix").textValue()).isEqualTo("a/");
        assertThat(versions.at("/1/bytes").longValue()).isEqualTo(10);
        assertThat(versions.at("/1/noncurrent_bytes").longValue()).isEqualTo(100);
        assertThat(versions.at("/2/delete_markers").longValue()).isEqualTo(1);

        JsonNode uploads = lines(du("s3://logs/2024/02", "--uploads", "--format=json"));
        assertThat(uploads.at("/1/prefix").textValue()).isEqualTo("2024/02/");
        assertThat(uploads.at("/1/uploads").longValue()).isEqualTo(1);
        assertThat(uploads.at("/1/upload_bytes").longValue()).isEqualTo(23);
        assertThat(uploads.at("/1/objects").longValue()).isZero();
    }

    @Test
    void aFilterAppliesToPrefixes() throws IOException {
        assertThat(prefixes("s3://logs", "--older-than=2021-01-01", "--key-include=*.gz"))
                .containsExactly("", "2023/", "archive/");
        assertThat(du("s3://logs", "--min-size=1K").stdout()).endsWith("Only objects that match --min-size=1024\n");
    }

    @Test
    void csvHasARecordPerLine() {
        assertThat(du("s3://logs", "s3://sealed", "--format=csv", "--top=1")
                        .stdout()
                        .lines())
                .containsExactly(
                        "bucket,status,kind,level,prefix,objects,bytes,newest,oldest,storage_classes",
                        "logs,ok,prefix,0,,6,5360,2024-06-01T00:00:00Z,2020-01-01T00:00:00Z,STANDARD",
                        "logs,ok,prefix,1,2024/,2,5007,2024-06-01T00:00:00Z,2024-06-01T00:00:00Z,STANDARD",
                        "logs,ok,direct,1,,1,3,2024-06-01T00:00:00Z,2024-06-01T00:00:00Z,STANDARD",
                        "logs,ok,other,1,,3,350,2020-01-01T00:00:00Z,2020-01-01T00:00:00Z,STANDARD",
                        "sealed,access_denied,prefix,0,,,,,,");
    }

    @Test
    void aBucketThatCannotBeReadIsNoRowOfZeros() {
        CapturedConsole.Result result = du("s3://logs", "s3://sealed");

        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stdout()).contains("s3://sealed/  ! access_denied", "*** INCOMPLETE");
    }

    @Test
    void howeverManyPrefixesThereAreTheMemoryIsBoundedAndTheSumExact() throws IOException {
        CapturedConsole.Result few = du("s3://tiny", "-d3", "--max-prefixes=20", "--format=json");
        CapturedConsole.Result text = du("s3://tiny", "-d3", "--max-prefixes=20");

        JsonNode lines = lines(few);
        long direct = 0;
        for (JsonNode line : lines) {
            direct += line.at("/kind").textValue().equals("other")
                    ? line.at("/objects").longValue()
                    : 0;
        }
        assertThat(lines.at("/0/objects").longValue()).isEqualTo(20_000);
        assertThat(direct).isPositive();
        assertThat(json(few).at("/buckets/0/prefix_objects_error").longValue()).isBetween(1L, 3 * 20_000L / 6);
        assertThat(text.stdout())
                .contains("more prefixes than --max-prefixes: up to ", "of a prefix may be in (other)");
        assertThat(few.code()).isEqualTo(ExitCodes.COMPLETE);
    }

    @Test
    void anAuditHasThePrefixesOfEveryBucketAndTablesOfAll() throws IOException {
        JsonNode report = json(console.run(CapturedConsole.on(
                CLOUD.cloud(),
                ESTATE,
                "audit",
                "logs",
                "odd",
                "--depth=1",
                "--group-by=extension,prefix:1,region,owner",
                "--format=json")));
        assertThat(report.at("/buckets/0/prefixes")).hasSize(5);
        assertThat(report.at("/buckets/1/prefixes")).hasSize(6);
        assertThat(names(report.at("/groups/extension"))).containsExactly("log", "gz", "(none)", "txt");
        assertThat(names(report.at("/groups/prefix:1")))
                .startsWith("2024/", "2023/", "archive/")
                .endsWith("(other)");
        assertThat(report.at("/groups/region/0/objects").longValue()).isEqualTo(11);
        assertThat(names(report.at("/groups/owner"))).singleElement().asString().contains("111111111111");

        String text = console.run(
                        CapturedConsole.on(CLOUD.cloud(), ESTATE, "audit", "logs", "--depth=1", "--numfiles=0"))
                .stdout();
        assertThat(text).contains("  prefixes\n", "s3://logs/2024/");
    }

    @Test
    void aCheckpointBelongsToItsCommandAndItsDepth() throws IOException {
        Path quick = Files.writeString(
                home.resolve("quick.conf"), "muster.engine { max-attempts = 2, backoff { base = 1ms, cap = 1ms } }");
        String[] options = {"s3://logs", "--uploads", "--checkpoint=" + home.resolve("checkpoint"), "--config=" + quick
        };
        ServiceError down = new ServiceError(502, "BadGateway", "the proxy is down");
        CLOUD.cloud().faults().set("s3:ListMultipartUploads", FaultProfile.NONE.withErrors(1, List.of(down)));
        CapturedConsole.Result first = du(options);
        CLOUD.cloud().faults().clear();

        assertThat(first.code()).as(first.stderr()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(first.stderr()).contains("muster du s3://logs");
        assertThat(du(with(options, "--resume", "-d2")).stderr()).contains("depth was 1, is 2");
        CapturedConsole.Result resumed = du(with(options, "--resume"));
        assertThat(resumed.code()).as(resumed.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(resumed.stdout()).contains("s3://logs/2024/", " 5360 ");
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThat(refused("du", "logs", "--min-share=200%")).contains("--min-share is 200%");
        assertThat(refused("du", "logs", "--group-by=colour")).contains("--group-by is colour: give extension");
        assertThat(refused("du", "logs", "--depth=-1")).contains("--depth is -1");
        assertThat(refused("du", "logs", "--max-prefixes=1")).contains("--max-prefixes is 1: give 4 to");
        assertThat(refused("du", "logs", "--delimiter=")).contains("--delimiter is empty");
        assertThat(refused("audit", "logs", "--top=5"))
                .contains("--top is about prefixes: give --depth too, or --numfiles");
        assertThat(refused("audit", "logs", "--depth=1", "--format=csv")).contains("muster du");
    }

    @Test
    void itsPolicyIsThatOfTheListing() {
        assertThat(console.run("policy", "du", "s3://logs/2024/").stdout())
                .isEqualTo(console.run("policy", "audit", "s3://logs/2024/").stdout())
                .contains("s3:ListBucket", "2024/*");
    }

    private String refused(String... arguments) {
        CapturedConsole.Result result = console.run(arguments);
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).hasSize(1);
        return result.stderr();
    }

    private List<String> prefixes(String... options) throws IOException {
        return StreamSupport.stream(lines(du(with(options, "--format=json"))).spliterator(), false)
                .map(line -> line.at("/prefix").textValue()
                        + (line.at("/kind").textValue().equals("prefix")
                                ? ""
                                : " (" + line.at("/kind").textValue() + ")"))
                .toList();
    }

    private static List<String> names(JsonNode lines) {
        return StreamSupport.stream(lines.spliterator(), false)
                .map(line -> line.at("/name").textValue())
                .toList();
    }

    private static JsonNode lines(CapturedConsole.Result result) throws IOException {
        return json(result).at("/buckets/0/prefixes");
    }

    private static JsonNode json(CapturedConsole.Result result) throws IOException {
        assertThat(result.stdout()).as(result.stderr()).isNotEmpty();
        return new JsonMapper().readTree(result.stdout());
    }

    private CapturedConsole.Result du(String... options) {
        List<String> arguments = new ArrayList<>(CapturedConsole.on(CLOUD.cloud(), ESTATE, options));
        arguments.add(0, "du");
        return console.run(arguments);
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static StoredObject object(String key, long size, Instant modified) {
        return StoredObject.ofSize(key, size, modified, StorageClass.STANDARD);
    }
}
