package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit says of the cost. */
class AuditCostTest {
    private static final long GB = 1L << 30;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final String PRICES = """
            {"name": "our prices", "date": "2026-01-01", "currency": "EUR", "regions": {"us-east-1": {
              "storage": {"STANDARD": 0.5, "GLACIER_IR": 0.1}, "transition": {"GLACIER_IR": 10}, "list": 5}}}
            """;
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of("data", object("logs/old", 10 * GB), object("top", 2 * GB))
                    .with(new PendingUpload("u", LONG_AGO, List.of(GB))),
            PracticeBucket.of("far", object("k", GB)).in("eu-central-1"),
            PracticeBucket.of("void"));

    private static PracticeCloud cloud;

    @TempDir
    Path home;

    private CapturedConsole console;
    private Path prices;

    @BeforeAll
    static void startCloud() {
        cloud = PracticeCloud.start(ESTATE);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @BeforeEach
    void sitDown() throws IOException {
        console = new CapturedConsole(home);
        prices = Files.writeString(home.resolve("prices.json"), PRICES);
    }

    @Test
    void pricesOfOnesOwnAreUsedForAnyServerAndNamed() throws IOException {
        JsonNode report = json("--cost", "--prices=" + prices, "--versions", "--uploads", "--depth=1");

        assertThat(report.at("/cost/prices").asText()).isEqualTo("our prices");
        assertThat(report.at("/cost/prices_date").asText()).isEqualTo("2026-01-01");
        assertThat(report.at("/buckets/0/cost_per_month").doubleValue()).isEqualTo(6.5); // 13 GB x 0.5
        assertThat(report.at("/buckets/0/cost_by_storage_class/STANDARD").doubleValue())
                .isEqualTo(6.0);
        assertThat(report.at("/buckets/0/cost_of_uploads").doubleValue()).isEqualTo(0.5);
        assertThat(report.at("/buckets/0/billed_objects/STANDARD/small_objects").intValue())
                .isZero();
        assertThat(report.at("/buckets/0/prefixes/1/prefix").asText()).isEqualTo("logs/");
        assertThat(report.at("/buckets/0/prefixes/1/cost_per_month").doubleValue())
                .isEqualTo(5.0);
        assertThat(report.at("/buckets/1/cost_per_month").isNull()).isTrue();
        assertThat(report.at("/buckets/1/cost_gap").asText()).isEqualTo("no price for region eu-central-1");
        assertThat(report.at("/total/cost_per_month").doubleValue()).isEqualTo(6.5);
        assertThat(report.at("/findings"))
                .extracting(finding -> finding.get("kind").asText())
                .containsExactly("cold_objects", "incomplete_uploads", "single_object_prefixes", "empty_buckets");
        assertThat(report.at("/findings/1/lifecycle").toString())
                .isEqualTo("{\"Rules\":[{\"ID\":\"abort-incomplete-uploads\",\"Status\":\"Enabled\",\"Filter\":"
                        + "{\"Prefix\":\"\"},\"AbortIncompleteMultipartUpload\":{\"DaysAfterInitiation\":7}}]}");
    }

    @Test
    void nothingIsSaidInMoneyOfAServerThatIsNotAmazons() throws IOException {
        JsonNode report = json("--cost", "--uploads");

        assertThat(report.at("/cost/prices").isNull()).isTrue();
        assertThat(report.at("/cost/notes/0").asText()).startsWith("No money: --endpoint-url");
        assertThat(report.at("/buckets/0/cost_per_month").isNull()).isTrue();
        assertThat(report.at("/findings/0/kind").asText()).isEqualTo("incomplete_uploads");
        assertThat(report.at("/findings/0/per_month").isNull()).isTrue();
    }

    @Test
    void textAndCsvHaveTheCostToo() {
        String text = audit("--cost", "--prices=" + prices, "--format=text").stdout();

        assertThat(text)
                .contains("EUR a month", "Cost by storage class  EUR a month", "! not in it: no price for region")
                .contains("A month of what is stored now, by our prices of 2026-01-01")
                .contains("Without noncurrent versions (--versions) and incomplete uploads (--uploads)")
                .containsPattern("Total +! 6\\.00\n");
        assertThat(audit("--cost", "--prices=" + prices, "--format=csv")
                        .stdout()
                        .lines())
                .anyMatch(line -> line.contains(",cost_per_month,cost_gap,"))
                .anyMatch(line -> line.startsWith("data,") && line.contains(",6.0,,"));
    }

    @Test
    void aCheckMayBeOfTheCost() {
        CapturedConsole.Result result = audit(
                "--cost",
                "--prices=" + prices,
                "--include=data",
                "--fail-if=cost_per_month > 5",
                "--fail-if=savings_per_month > 100");

        assertThat(result.code()).isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(result.stderr())
                .contains("check failed: cost_per_month > 5: it is 6")
                .doesNotContain("savings");
        assertThat(audit("--fail-if=cost_per_month > 5").stderr()).contains("is only known with --cost");
    }

    @Test
    void anEstimateCountsTheRequestsOfTheLastReportAndSendsNone() {
        String history = "--history=" + home.resolve("history");
        assertThat(audit("--estimate", "--format=text", history).stderr()).contains("--estimate knows of no bucket");
        audit(history, "--uploads");
        cloud.counts().reset();

        String text = audit("--estimate", "--format=text", "--uploads", "--prices=" + prices, history)
                .stdout();

        assertThat(cloud.counts().of("ListObjectsV2")).isZero();
        assertThat(cloud.counts().of("ListBuckets")).isZero();
        assertThat(text)
                .containsPattern("data +at least 3 +0\\.02 +the report of 2") // keys, uploads and the parts of one
                .containsPattern("far +at least 2 +- ") // no price of its region
                .contains("At least 8 requests, 1 of them for the names of buckets.\n");
    }

    @Test
    void anEstimateOfANamedBucketSaysWhereNothingIsKnown() {
        assertThat(audit("--estimate", "--format=text", "--prices=" + prices, "data")
                        .stdout())
                .containsPattern("data +at least 1 +- +nothing");
        assertThat(audit("--estimate", "--format=json", "data").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aTableThatIsNoneIsRefusedBeforeAnythingIsDone() throws IOException {
        Files.writeString(prices, "{\"name\": 1}");

        assertThat(audit("--cost", "--prices=" + prices).stderr())
                .contains("--prices: " + prices + " is no table of prices: it has no name, date, currency or regions");
        assertThat(audit("--cost", "--prices=" + home.resolve("none")).stderr()).contains("no such file or directory");
        assertThat(audit("--prices=" + prices).code()).isEqualTo(ExitCodes.USAGE);
    }

    private JsonNode json(String... options) throws IOException {
        return JsonMapper.builder().build().readTree(audit(options).stdout());
    }

    private CapturedConsole.Result audit(String... options) {
        List<String> arguments = new ArrayList<>(List.of("audit", "--format=json"));
        arguments.addAll(List.of(options));
        if (List.of(options).stream().anyMatch(option -> option.startsWith("--format"))) {
            arguments.remove("--format=json");
        }
        return console.run(CapturedConsole.on(cloud, ESTATE, arguments.toArray(String[]::new)));
    }

    private static StoredObject object(String key, long bytes) {
        return StoredObject.ofSize(key, bytes, LONG_AGO, StorageClass.STANDARD);
    }
}
