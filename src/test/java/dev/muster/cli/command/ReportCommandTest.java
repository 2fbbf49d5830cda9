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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    Path home;

    private CapturedConsole console;
    private Path report;

    @BeforeEach
    void keepReport() throws IOException {
        console = new CapturedConsole(home);
        report = Files.writeString(
                home.resolve("audit.json"),
                GeneratedReports.json(
                        Instant.parse("2026-03-01T00:00:00Z"),
                        List.of(
                                new Bucket("111111111111", "logs", 3L, 3_000L, "STANDARD"),
                                new Bucket("222222222222", "sealed", null, null, "STANDARD"))));
    }

    @Test
    void aPageIsWrittenAndTheCodeTellsThatTheReportIsIncomplete() throws IOException {
        Path page = home.resolve("report.html");

        CapturedConsole.Result result = console.run("report", report.toString(), "--output=" + page);

        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.errors()).containsExactly("muster: wrote " + page);
        assertThat(Files.readString(page)).startsWith("<!doctype html>").contains("<td>logs</td>");
    }

    @Test
    void ncduGetsAccountsAsDirectoriesAndBucketsAsFiles() throws IOException {
        CapturedConsole.Result result = console.run("report", report.toString(), "--format=ncdu");

        JsonNode json = new JsonMapper().readTree(result.stdout());
        assertThat(json.get(0).intValue()).isEqualTo(1);
        assertThat(json.at("/2/progname").textValue()).isEqualTo("muster");
        assertThat(json.at("/3/1/0/name").textValue()).isEqualTo("111111111111");
        assertThat(json.at("/3/1/1/name").textValue()).isEqualTo("logs");
        assertThat(json.at("/3/1/1/dsize").longValue()).isEqualTo(3_000);
        assertThat(json.at("/3/2/1/0/read_error").booleanValue()).isTrue();
    }

    @Test
    void aFileThatIsNoReportIsRefused() throws IOException {
        Path other = Files.writeString(home.resolve("other.json"), "{}");

        CapturedConsole.Result result = console.run("report", other.toString());

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains("no report of an audit");
    }
}
