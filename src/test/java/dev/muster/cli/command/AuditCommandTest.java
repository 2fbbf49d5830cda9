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
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.emulator.server.ServiceError;
import dev.muster.report.saved.SavedReportReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of("logs-a", new SequentialKeys(2_345)),
            PracticeBucket.of(
                    "letters",
                    StoredObject.ofText("a/one", "12345", Instant.parse("2024-01-01T00:00:00Z")),
                    StoredObject.ofText("b/two", "1234567890", Instant.parse("2023-01-01T00:00:00Z"))),
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
    void aCompleteAuditEndsWith0AndSaysNothing() {
        CapturedConsole.Result result = audit("--exclude=sealed");

        assertThat(result.stderr()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout()).contains("logs-a", "letters").doesNotContain("sealed");
    }

    @Test
    void aCompleteAuditLeavesNothingBehind() {
        audit("--exclude=sealed");

        assertThat(console.state().resolve("muster")).isEmptyDirectory();
    }

    @Test
    void aBucketThatCannotBeReadIsNamedAndEndsWith3() throws IOException {
        CapturedConsole.Result result = audit("--format=json");

        JsonNode report = json(result.stdout());
        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("muster: incomplete: ")
                .contains("sealed");
        assertThat(report.get("complete").booleanValue()).isFalse();
        assertThat(report.at("/total/objects").longValue()).isEqualTo(2_347);
        assertThat(report.at("/failures/0/bucket").textValue()).isEqualTo("sealed");
    }

    @Test
    void theOldSpellingsMeanTheSame() {
        CapturedConsole.Result old =
                audit("-include", "letters", "-oldest", "-numfiles", "1", "-sizeunit", "KB", "-byaccount");
        CapturedConsole.Result today =
                audit("--include", "letters", "--oldest", "--numfiles", "1", "--sizeunit", "KB", "--byaccount");

        assertThat(old.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(stable(old.stdout())).isEqualTo(stable(today.stdout())).contains("letters:b/two");
    }

    @Test
    void csvHasARowPerBucket() {
        CapturedConsole.Result result = audit("--format=csv", "--exclude=sealed");

        assertThat(result.stdout().lines()).hasSize(3);
        assertThat(result.stdout()).startsWith("bucket,account_id,region,creation_date,last_modified,objects,bytes,");
    }

    @Test
    void aReportInAFileLeavesStdoutEmpty() throws IOException {
        Path file = home.resolve("report.json");

        CapturedConsole.Result result = audit("--format=json", "--exclude=sealed", "--output=" + file);

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout()).isEmpty();
        assertThat(json(Files.readString(file)).get("complete").booleanValue()).isTrue();
    }

    @Test
    void aCheckThatFailsEndsWith4AndLetsTheReportBe() {
        CapturedConsole.Result result = audit("--include=letters", "--fail-if", "objects > 1", "--fail-if=bytes > 1KB");

        assertThat(result.code()).isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(result.errors()).containsExactly("muster: check failed: objects > 1: it is 2");
        assertThat(result.stdout()).contains("2 objects, 15 bytes");
        assertThat(audit("--include=letters", "--fail-if=objects > 2").code()).isEqualTo(ExitCodes.COMPLETE);
    }

    @Test
    void aCheckOfWhatIsNotCountedIsRefusedBeforeTheRun() {
        CapturedConsole.Result result = audit("--include=letters", "--fail-if=noncurrent_bytes > 1TB");

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains("only known with --versions: give that too");
        assertThat(audit("--include=letters", "--versions", "--fail-if=noncurrent_bytes > 1TB")
                        .code())
                .isEqualTo(ExitCodes.COMPLETE);
    }

    @Test
    void aHistoryKeepsTheReportOfEachRunWhateverTheFormat() throws IOException {
        Path history = home.resolve("kept/reports");

        audit("--include=letters", "--history=" + history);

        try (Stream<Path> files = Files.list(history)) {
            assertThat(files).singleElement().satisfies(file -> {
                assertThat(file.getFileName().toString()).matches("audit-\\d{8}T\\d{6}Z\\.json");
                assertThat(SavedReportReader.read(file).total().objects()).isEqualTo(2);
            });
        }
        assertThat(audit("--include=letters", "--history=/dev/null/x").errors())
                .singleElement()
                .asString()
                .startsWith("muster: error: --history: cannot make the directory /dev/null/x: ");
    }

    @Test
    void aPatternThatMatchesNothingMakesTheResultIncomplete() {
        CapturedConsole.Result result = audit("--include=logs-*,nowhere", "--exclude=sealed");

        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(audit("--include=nowhere").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains("no bucket is named nowhere");
    }

    @Test
    void aGlobThatMatchesNothingIsNoName() {
        CapturedConsole.Result result = audit("--include=letters", "--exclude=no*");

        assertThat(result.errors()).singleElement().asString().contains("error: no bucket matches no*; check");
    }

    @Test
    void blanksAroundNamesAreNoPartOfThem() {
        CapturedConsole.Result result = audit("--include=letters, logs-a", "--format=csv");

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout().lines()).hasSize(3);
    }

    @Test
    void theReportSaysThatAPatternMatchedNothing() throws IOException {
        JsonNode report = json(audit("--include=nowhere", "--format=json").stdout());

        assertThat(report.get("complete").booleanValue()).isFalse();
        assertThat(report.at("/total/status").textValue()).isEqualTo("incomplete");
        assertThat(report.at("/failures/0/message").textValue()).isEqualTo("no bucket is named nowhere");
        assertThat(audit("--include=nowhere").stdout()).contains("*** INCOMPLETE: no bucket is named nowhere.");
    }

    @Test
    void defaultsComeFromTheConfigurationAndArgumentsGoBeforeThem() throws IOException {
        Path file = home.resolve("muster.conf");
        Files.writeString(
                file, "muster.audit { largest = true, numfiles = 1, format = json, exclude = [sealed, \"logs-*\"] }");

        JsonNode configured = json(audit("--config=" + file).stdout());
        JsonNode given =
                json(audit("--config=" + file, "--largest", "--numfiles=2").stdout());

        assertThat(configured.at("/buckets")).hasSize(1);
        assertThat(configured.at("/buckets/0/largest")).hasSize(1);
        assertThat(configured.at("/buckets/0/largest/0/key").textValue()).isEqualTo("b/two");
        assertThat(given.at("/buckets/0/largest")).hasSize(2);
    }

    @Test
    void aConfiguredRoleIsNotUsedWithoutAnOrganizationAndNoError() throws IOException {
        Path file = Files.writeString(home.resolve("muster.conf"), "muster.audit.role-name = Audit");

        assertThat(audit("--config=" + file, "--exclude=sealed").code()).isEqualTo(ExitCodes.COMPLETE);
    }

    @Test
    void expiredCredentialsEndItWithOneLine() {
        ServiceError expired = new ServiceError(403, "ExpiredToken", "The security token is expired");
        CLOUD.cloud().faults().set(FaultProfile.NONE.withErrors(1, List.of(expired)));

        CapturedConsole.Result result = audit();

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.errors()).singleElement().asString().contains("expired");
    }

    @Test
    void whereBucketsCannotBeNamedNoPatternIsSaidToMatchNothing() {
        ServiceError denied = new ServiceError(403, "AccessDenied", "not yours");
        CLOUD.cloud().faults().set(FaultProfile.NONE.withErrors(1, List.of(denied)));

        CapturedConsole.Result result = audit("--include=lett*");

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.stdout()).doesNotContain("No buckets");
        assertThat(result.errors()).singleElement().asString().contains("list the buckets", "AccessDenied");
    }

    @Test
    void bucketsThatAreNamedNeedNoListOfBuckets() throws IOException {
        ServiceError denied = new ServiceError(403, "AccessDenied", "not yours");
        CLOUD.cloud().faults().set("s3:ListBuckets", FaultProfile.NONE.withErrors(1, List.of(denied)));

        CapturedConsole.Result included = audit("--include=letters,letters", "--exclude=sealed", "--format=csv");
        CapturedConsole.Result named = audit("logs-a", "s3://letters", "--format=csv");
        CapturedConsole.Result globbed = audit("--include=letters,log*", "--format=json");

        assertThat(included.code()).as(included.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(included.stdout().lines()).hasSize(2);
        assertThat(named.code()).as(named.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(named.stdout()).contains(",2345,").contains(",2,15,");
        assertThat(globbed.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(json(globbed.stdout()).at("/total/objects").longValue()).isEqualTo(2);
    }

    @Test
    void aSourceHasAPrefix() throws IOException {
        JsonNode report = json(audit("s3://letters/b/", "--format=json").stdout());

        assertThat(report.at("/total/objects").longValue()).isEqualTo(1);
        assertThat(report.at("/buckets")).hasSize(1);
    }

    @Test
    void withoutCredentialsNobodyIsAskedForAListOfBuckets() {
        CLOUD.cloud().counts().reset();
        console.run(
                "audit",
                "--no-sign-request",
                "--include=letters",
                "--endpoint-url=" + CLOUD.cloud().endpoint());

        assertThat(CLOUD.cloud().counts().of("ListBuckets")).isZero();
        assertThat(CLOUD.cloud().counts().of("ListObjectsV2")
                        + CLOUD.cloud().counts().of("HeadBucket"))
                .isPositive();
    }

    @Test
    void aSourceThatDoesNotExistIsNamed() {
        CapturedConsole.Result result = audit("letters", "s3://nowhere");

        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.errors()).singleElement().asString().contains("bucket nowhere", "NoSuchBucket");
    }

    @Test
    void oneCauseIsToldOnceHoweverManyTasksMeetIt() {
        ServiceError denied = new ServiceError(403, "AccessDenied", "not yours");
        CLOUD.cloud().faults().set("s3:ListObjectsV2", FaultProfile.NONE.withErrors(1, List.of(denied)));

        CapturedConsole.Result result = audit();

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors()).singleElement().asString().endsWith("AccessDenied: not yours; so did 2 more tasks");
    }

    @Test
    void anUnreachableEndpointEndsItWithOneLine() {
        CapturedConsole.Result result = console.run(
                "audit", "--endpoint-url=http://127.0.0.1:1", "--region=us-east-1", "--keyid=AKIA", "--secret=hush");

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors()).singleElement().asString().contains("127.0.0.1:1");
        assertThat(result.stderr()).doesNotContain("hush");
    }

    @Test
    void anOutageThatPassesCostsNoObject() throws IOException {
        Path quick = Files.writeString(home.resolve("quick.conf"), "muster.engine.backoff { base = 1ms, cap = 100ms }");
        long before = CLOUD.cloud().counts().of("ListObjectsV2");
        CLOUD.cloud().faults().set("s3:ListObjectsV2", FaultProfile.NONE.withErrorRate(1));
        CompletableFuture<Void> outage = CompletableFuture.runAsync(() -> {
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> CLOUD.cloud().counts().of("ListObjectsV2") >= before + 12);
            CLOUD.cloud().faults().clear();
        });

        CapturedConsole.Result result = audit("--include=letters", "--format=csv", "--config=" + quick);

        assertThat(outage).isCompleted();
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
    }

    @Test
    void anOutageThatOutlastsARunCostsTimeAndNoWork() throws IOException {
        Path quick = Files.writeString(
                home.resolve("quick.conf"), "muster.engine { max-attempts = 2, backoff { base = 1ms, cap = 1ms } }");
        ServiceError down = new ServiceError(502, "BadGateway", "the proxy is down");
        CLOUD.cloud().faults().set("s3:ListMultipartUploads", FaultProfile.NONE.withErrors(1, List.of(down)));
        String[] options = {"--exclude=sealed", "--uploads", "--format=json", "--config=" + quick};

        CapturedConsole.Result first = audit(options);
        CLOUD.cloud().faults().clear();
        long before = CLOUD.cloud().counts().of("ListObjectsV2");
        String[] again = {options[0], options[1], options[2], options[3], "--resume"};
        CapturedConsole.Result second = audit(again);

        assertThat(first.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(first.errors())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("muster: to try again what failed: muster audit ")
                        && line.endsWith(" --resume"))
                .anyMatch(line -> line.endsWith("the proxy is down; so did 1 more task"));
        assertThat(second.code()).as(second.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(json(second.stdout()).at("/total/objects").longValue()).isEqualTo(2_347);
        assertThat(json(second.stdout()).at("/failures")).isEmpty();
        assertThat(CLOUD.cloud().counts().of("ListObjectsV2")).isEqualTo(before);
        assertThat(console.state().resolve("muster")).isEmptyDirectory();
    }

    /** Such a run leaves its lock and its epoch behind. */
    @Test
    void resumingARunThatWasKilledBeforeItsFirstCheckpointBeginsAnew() throws IOException {
        Path directory = Files.createDirectory(home.resolve("killed"));
        Files.writeString(directory.resolve("lock"), "");
        Files.writeString(directory.resolve("epoch"), "1");

        CapturedConsole.Result result = audit("--resume", "--checkpoint=" + directory, "--format=json");

        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.errors())
                .first()
                .isEqualTo("muster: the earlier run was stopped before its first checkpoint: it begins anew");
        assertThat(json(result.stdout()).at("/total/objects").longValue()).isPositive();
    }

    @Test
    void resumingWithoutACheckpointIsAnError() {
        CapturedConsole.Result result = audit("--resume");

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains("cannot resume", "without --resume");
    }

    @Test
    void aCheckpointDirectoryThatCannotBeMadeIsAnError() throws IOException {
        Path file = Files.createFile(home.resolve("file"));

        CapturedConsole.Result result = audit("--checkpoint=" + file.resolve("directory"));

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains("cannot keep a checkpoint", "--checkpoint");
    }

    @Test
    void aStateDirectoryThatCannotBeMadeOnlyWarns() throws IOException {
        Files.createFile(console.state());

        CapturedConsole.Result result = audit("--exclude=sealed");

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.errors()).singleElement().asString().startsWith("muster: warning: cannot keep a checkpoint");
    }

    @Test
    void anOutputThatCannotBeWrittenIsAnErrorBeforeTheRun() {
        long before = CLOUD.cloud().counts().total();

        CapturedConsole.Result result = audit("--output=" + home.resolve("missing/report"));

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).hasSize(1);
        assertThat(CLOUD.cloud().counts().total()).isEqualTo(before);
    }

    @Test
    void aReaderThatHasHadEnoughIsNoError() {
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();

        int code = console.run(
                CapturedConsole.on(CLOUD.cloud(), ESTATE, "audit", "--exclude=sealed"), failing("Broken pipe"), stderr);

        assertThat(code).isEqualTo(ExitCodes.COMPLETE);
        assertThat(stderr.size()).isZero();
    }

    private static Stdout failing(String reason) {
        return new Stdout(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        });
    }

    @Test
    void aFullStdoutIsAnError() {
        Stdout closed = failing("No space left on device");
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();

        int code = console.run(CapturedConsole.on(CLOUD.cloud(), ESTATE, "audit", "--exclude=sealed"), closed, stderr);

        assertThat(code).isEqualTo(ExitCodes.FAILED);
        assertThat(stderr.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .contains("cannot write the report to stdout: No space left on device;", "--output");
    }

    private CapturedConsole.Result audit(String... options) {
        List<String> arguments = CapturedConsole.on(CLOUD.cloud(), ESTATE, options);
        arguments.add(0, "audit");
        return console.run(arguments);
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    /** Without what differs from run to run. */
    private static String stable(String report) {
        return report.replaceAll("(?m)^.*(requests|seconds|started).*$", "");
    }
}
