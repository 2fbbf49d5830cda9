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
import dev.muster.emulator.server.ServiceError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An audit of some objects only. */
class FilteredAuditTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private static final Estate ESTATE = estate();

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
    void everyTermOfAFilterMustHold() throws IOException {
        assertThat(objects("mixed", "--min-size=2K")).isEqualTo(2);
        assertThat(objects("mixed", "--max-size=2000")).isEqualTo(2);
        assertThat(objects("mixed", "--older-than=30d")).isEqualTo(2);
        assertThat(objects("mixed", "--newer-than=30d")).isEqualTo(2);
        assertThat(objects("mixed", "--older-than=2020-01-02")).isEqualTo(1);
        assertThat(objects("mixed", "--storage-class=glacier")).isEqualTo(1);
        assertThat(objects("mixed", "--key-include=*.log,c*", "--key-exclude=a*"))
                .isEqualTo(2);
        assertThat(objects("mixed", "--key-include=*.txt", "--newer-than=30d", "--max-size=3K"))
                .isEqualTo(1);
    }

    @Test
    void everythingInTheReportIsOfTheObjectsThatMatch() throws IOException {
        JsonNode report = json(audit("mixed", "--min-size=2000", "--older-than=30d", "--largest")
                .stdout());

        assertThat(report.at("/total/bytes").longValue()).isEqualTo(2_000);
        assertThat(report.at("/buckets/0/largest")).hasSize(1);
        assertThat(report.at("/buckets/0/storage_classes")).hasSize(1);
        assertThat(report.at("/buckets/0/age_histogram")).hasSize(1);
    }

    @Test
    void everyFormatSaysWhatTheNumbersAreOf() throws IOException {
        String[] filter = {"mixed", "--min-size=1K", "--key-include=*.txt"};

        assertThat(json(audit(filter).stdout()).at("/filter").toString())
                .isEqualTo("{\"min-size\":\"1024\",\"key-include\":\"*.txt\"}");
        assertThat(audit("mixed", "--min-size=1K", "--format=text").stdout().lines())
                .startsWith("Only objects that match --min-size=1024")
                .endsWith("Only objects that match --min-size=1024");
        assertThat(audit("mixed", "--min-size=1K", "--format=csv").stdout())
                .contains(",filter\r\n", ",--min-size=1024\r\n");
        assertThat(audit("mixed", "--format=text").stdout()).doesNotContain("Only objects");
    }

    @Test
    void aFilterSavesNoRequest() {
        CLOUD.cloud().counts().reset();
        audit("mixed");
        long whole = CLOUD.cloud().counts().of("ListObjectsV2");
        CLOUD.cloud().counts().reset();
        audit("mixed", "--min-size=1T");

        assertThat(CLOUD.cloud().counts().of("ListObjectsV2")).isEqualTo(whole);
    }

    @Test
    void noncurrentVersionsAndDeleteMarkersAreFilteredAsObjectsAre() throws IOException {
        JsonNode byAge =
                json(audit("versioned", "--versions", "--older-than=1d").stdout());
        JsonNode bySize = json(audit("versioned", "--versions", "--min-size=1K").stdout());

        assertThat(byAge.at("/total/objects").longValue()).isZero();
        assertThat(byAge.at("/total/noncurrent_versions").longValue()).isEqualTo(1);
        assertThat(byAge.at("/total/delete_markers").longValue()).isEqualTo(1);
        assertThat(bySize.at("/total/objects").longValue()).isEqualTo(1);
        assertThat(bySize.at("/total/noncurrent_versions").longValue()).isZero();
        assertThat(bySize.at("/total/delete_markers").longValue())
                .as("a delete marker has no size")
                .isZero();
    }

    @Test
    void incompleteUploadsAreFilteredByKeyAndAge() throws IOException {
        JsonNode report = json(audit("mixed", "--uploads", "--older-than=1d").stdout());

        assertThat(report.at("/total/uploads").longValue()).isEqualTo(1);
        assertThat(report.at("/total/upload_bytes").longValue()).isEqualTo(5);
        assertThat(audit("mixed", "--uploads", "--min-size=1").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aCheckpointBelongsToItsFilter() throws IOException {
        Path quick = Files.writeString(
                home.resolve("quick.conf"), "muster.engine { max-attempts = 2, backoff { base = 1ms, cap = 1ms } }");
        String checkpoint = "--checkpoint=" + home.resolve("checkpoint");
        ServiceError down = new ServiceError(502, "BadGateway", "the proxy is down");
        CLOUD.cloud().faults().set("s3:ListMultipartUploads", FaultProfile.NONE.withErrors(1, List.of(down)));
        CapturedConsole.Result first = audit("mixed", "--uploads", "--older-than=30d", checkpoint, "--config=" + quick);
        CLOUD.cloud().faults().clear();

        CapturedConsole.Result other = audit("mixed", "--uploads", "--older-than=31d", checkpoint, "--resume");
        CapturedConsole.Result same = audit("mixed", "--uploads", "--older-than=30d", checkpoint, "--resume");

        assertThat(first.code()).as(first.stderr()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(other.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(other.stderr()).contains("older-than was 30d, is 31d");
        assertThat(same.code()).as(same.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(json(same.stdout()).at("/total/objects").longValue()).isEqualTo(2);
    }

    @Test
    void theHelpSaysThatItSavesNoRequest() {
        assertThat(console.run("audit", "--help").stdout()).contains("saves no request");
    }

    private static Estate estate() {
        Instant now = Instant.now();
        return Estate.of(
                PracticeBucket.of(
                                "mixed",
                                StoredObject.ofSize("a.log", 10, LONG_AGO, StorageClass.STANDARD),
                                StoredObject.ofSize(
                                        "b.log", 2_000, now.minus(Duration.ofDays(40)), StorageClass.GLACIER),
                                StoredObject.ofSize(
                                        "c.txt", 3_000, now.minus(Duration.ofDays(20)), StorageClass.STANDARD),
                                StoredObject.ofSize("d.txt", 4_000, now, StorageClass.STANDARD))
                        .with(
                                new PendingUpload("old.bin", LONG_AGO, List.of(5L)),
                                new PendingUpload("new.bin", now, List.of(7L))),
                PracticeBucket.of(
                                "versioned",
                                StoredObject.ofSize("k", 100, LONG_AGO, StorageClass.STANDARD),
                                StoredObject.ofSize("k", 5_000, now, StorageClass.STANDARD),
                                StoredObject.deleteMarker("gone", LONG_AGO))
                        .keepingVersions());
    }

    private long objects(String... arguments) throws IOException {
        CapturedConsole.Result result = audit(arguments);
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        return json(result.stdout()).at("/total/objects").longValue();
    }

    private CapturedConsole.Result audit(String... options) {
        List<String> arguments = new ArrayList<>(List.of("audit", "--format=json"));
        arguments.addAll(CapturedConsole.on(CLOUD.cloud(), ESTATE, options));
        if (List.of(options).stream().anyMatch(option -> option.startsWith("--format"))) {
            arguments.remove("--format=json");
        }
        return console.run(arguments);
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }
}
