package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.report.saved.GeneratedReports;
import dev.muster.report.saved.GeneratedReports.Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    private static final String MARCH = GeneratedReports.json(
            Instant.parse("2026-03-01T00:00:00Z"),
            List.of(bucket("logs", 10, 10L << 30), bucket("old", 1, 5), bucket("same", 3, 3)));
    private static final String FEBRUARY =
            GeneratedReports.json(Instant.parse("2026-02-01T00:00:00Z"), List.of(bucket("old", 1, 5)));
    private static final String APRIL = GeneratedReports.json(
            Instant.parse("2026-03-31T00:00:00Z"),
            List.of(bucket("logs", 40, 40L << 30), bucket("\u001b[31mred", 1, 7), bucket("same", 3, 3)));
    private static final String GAP = GeneratedReports.json(
            Instant.parse("2026-03-15T00:00:00Z"),
            List.of(new Bucket("111111111111", "logs", null, null, "STANDARD"), bucket("same", 3, 3)));

    @TempDir
    Path home;

    private CapturedConsole console;

    @BeforeEach
    void keepReports() throws IOException {
        console = new CapturedConsole(home);
        Files.writeString(home.resolve("march.json"), MARCH);
        Files.writeString(home.resolve("april.json"), APRIL);
        Files.writeString(home.resolve("gap.json"), GAP);
    }

    @Test
    void thePageHasAllChangesAndACurveOfTheHistory() throws IOException {
        Path history = Files.createDirectory(home.resolve("history"));
        Files.writeString(history.resolve("audit-20260201T000000Z.json"), FEBRUARY);
        Files.writeString(history.resolve("audit-20260301T000000Z.json"), MARCH);
        Files.writeString(history.resolve("audit-20260315T000000Z.json"), GAP);
        Files.writeString(history.resolve("audit-20260331T000000Z.json"), APRIL);

        CapturedConsole.Result result = diff("history", "--limit=100GB", "--output=" + home.resolve("changes.html"));

        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(Files.readString(home.resolve("changes.html")))
                .contains("<title>Changes from 2026-03-01 to 2026-03-31 – Muster</title>")
                .contains("is reached on 2026-05-29 at this pace (in 59 days)")
                .contains("[\"2026-02-01T00:00:00Z\", 5], [\"2026-03-01T00:00:00Z\", ")
                .contains("+30.00 GB")
                .doesNotContain("2026-03-15T", "<td>same</td>");
        assertThat(diff("march.json", "april.json", "--format=html").stdout())
                .contains("<td>vanished</td>")
                .doesNotContain("id=\"curve\"");
    }

    @Test
    void theTextTellsBucketsClassesAccountsAndThePace() {
        CapturedConsole.Result result = diff("march.json", "april.json", "--limit=100GB");

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout())
                .startsWith("From 2026-03-01T00:00:00Z to 2026-03-31T00:00:00Z (30 days)\n")
                .containsPattern("111111111111 / logs +10.00 GB +40.00 GB +\\+30.00 GB +\\+30\n")
                .containsPattern("/ \\\\x1b\\[31mred +- +7 B +\\+7 B +\\+1 +new\n")
                .containsPattern("/ old +5 B +- +-5 B +-1 +vanished\n")
                .doesNotContain("same")
                .contains("1 new bucket, 1 vanished bucket, +30 objects")
                .contains("Growth per day: +1.00 GB\n")
                .endsWith("The limit of 100.00 GB is reached on 2026-05-29 at this pace (in 59 days)\n");
    }

    @Test
    void theJsonHasTheSameNumbersExactly() throws IOException {
        JsonNode json = new JsonMapper()
                .readTree(diff("march.json", "april.json", "--format=json", "--limit=1GB")
                        .stdout());

        assertThat(json.get("days").doubleValue()).isEqualTo(30.0);
        assertThat(json.at("/total/bytes_change").longValue()).isEqualTo((30L << 30) + 2);
        assertThat(json.at("/buckets/0/bucket").textValue()).isEqualTo("logs");
        assertThat(json.at("/buckets/0/change").textValue()).isEqualTo("kept");
        assertThat(json.at("/new_buckets").intValue()).isEqualTo(1);
        assertThat(json.at("/storage_classes/0/storage_class").textValue()).isEqualTo("STANDARD");
        assertThat(json.at("/limit_reached_at").textValue()).isEqualTo("2026-03-31T00:00:00Z");
    }

    @Test
    void anIncompleteReportIsRefusedUnlessAllowedAndThenMarked() {
        CapturedConsole.Result refused = diff("gap.json", "april.json");
        CapturedConsole.Result allowed = diff("gap.json", "april.json", "--allow-incomplete");

        assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(refused.stderr()).contains("is incomplete: not all was counted; --allow-incomplete");
        assertThat(refused.stdout()).isEmpty();
        assertThat(allowed.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(allowed.stdout()).startsWith("*** INCOMPLETE: the report before: not all was counted; ");
    }

    @Test
    void ofADirectoryTheLastTwoCompleteReportsAreCompared() throws IOException {
        Path history = Files.createDirectory(home.resolve("history"));
        Files.writeString(history.resolve("audit-20260301T000000Z.json"), MARCH);
        Files.writeString(history.resolve("audit-20260315T000000Z.json"), GAP);
        Files.writeString(history.resolve("audit-20260331T000000Z.json"), APRIL);
        Files.writeString(history.resolve("notes.json"), "no report");

        CapturedConsole.Result result = diff("history");

        assertThat(result.stderr()).contains("left out ").contains("audit-20260315T000000Z.json, which is incomplete");
        assertThat(result.stdout()).startsWith("From 2026-03-01T00:00:00Z to 2026-03-31T00:00:00Z");
        assertThat(diff("history", "--allow-incomplete").stdout()).contains("From 2026-03-15T00:00:00Z");
    }

    @Test
    void aCheckDecidesTheExitCode() {
        CapturedConsole.Result result = diff(
                "march.json", "april.json", "--fail-if=bytes_change > 20GB", "--fail-if", "new_buckets>1,bytes<1PB");

        assertThat(result.code()).isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(result.errors())
                .containsExactly(
                        "muster: check failed: bytes_change > 20GB: it is 30.00 GB (32212254722 bytes)",
                        "muster: check failed: bytes<1PB: it is 40.00 GB (42949672970 bytes)");
        assertThat(diff("march.json", "april.json", "--fail-if=bytes_change_percent > 400")
                        .code())
                .isEqualTo(ExitCodes.COMPLETE);
    }

    @Test
    void wrongUseIsToldInOneLine() {
        assertUsage("there is no such file", "march.json", "none.json");
        assertUsage("give the earlier one first", "april.json", "march.json");
        assertUsage("march.json is a single report", "march.json");
        assertUsage("there are not two reports in ", ".");
        assertUsage("cannot read the directory ", "nowhere");
        assertUsage("--limit is 10XB: give a size", "march.json", "april.json", "--limit=10XB");
        assertUsage("--fail-if: there is no number bites", "march.json", "april.json", "--fail-if=bites > 1");
        assertUsage("--rows is 0", "march.json", "april.json", "--rows=0");
    }

    private void assertUsage(String message, String... arguments) {
        CapturedConsole.Result result = diff(arguments);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("muster: error: ")
                .contains(message);
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.stdout()).isEmpty();
    }

    private CapturedConsole.Result diff(String... arguments) {
        List<String> resolved = new ArrayList<>(List.of("diff"));
        for (String argument : arguments) {
            boolean option = argument.startsWith("-") || argument.contains("<") || argument.contains(">");
            resolved.add(option ? argument : home.resolve(argument).toString());
        }
        return console.run(resolved);
    }

    private static Bucket bucket(String name, long objects, long bytes) {
        return new Bucket("111111111111", name, objects, bytes, "STANDARD");
    }
}
