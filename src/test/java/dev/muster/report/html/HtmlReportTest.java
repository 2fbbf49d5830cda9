package dev.muster.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.report.saved.GeneratedReports;
import dev.muster.report.saved.GeneratedReports.Bucket;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedReportReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final Instant STARTED = Instant.parse("2026-03-01T00:00:00Z");
    private static final String HOSTILE = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)>&amp;";

    @Test
    void nothingFromOutsideIsMarkup() throws IOException {
        String json = GeneratedReports.json(STARTED, List.of(new Bucket(HOSTILE, HOSTILE, 1L, 5L, HOSTILE)))
                .replace("\"error\": null", "\"error\": \"<b>denied</b>\"")
                .replace("\"failures\": []", "\"failures\": [{\"message\": \"<i>no</i>\", \"times\": 1}]");
        String page = page(SavedReportReader.parse(json));

        assertThat(page).doesNotContain("<script>alert", "<img src=x", "<b>denied", "<i>no");
        assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(1)");
        assertThat(page.split("</script>", -1)).hasSize(5);
    }

    @Test
    void findingsAreShownWithTheirRulesAndAreNoMarkupEither() throws IOException {
        String json = GeneratedReports.json(STARTED, List.of(new Bucket("111111111111", "b", 1L, 5L, "STANDARD")));
        String page = page(SavedReportReader.parse(GeneratedReports.withFinding(json, HOSTILE)));

        assertThat(page)
                .contains("<table id=\"findings\">", "1,234.50", "77.78 USD", "<summary>Lifecycle rule</summary>")
                .doesNotContain("<script>alert", "<img src=x");
        assertThat(page(SavedReportReader.parse(json))).doesNotContain("Cost and findings", "a month");
    }

    @Test
    void thePageAsksNothingOfTheNetwork() throws IOException {
        String page = page(GeneratedReports.of(STARTED, List.of(new Bucket("111111111111", "b", 1L, 5L, "STANDARD"))));

        assertThat(page).contains("default-src 'none'").doesNotContain("<link rel=\"stylesheet", "<script src");
    }

    @Test
    void aThousandBucketsFitInTwoMegabytes() throws IOException {
        List<Bucket> buckets = IntStream.range(0, 1_000)
                .mapToObj(i -> new Bucket(
                        "1111111111" + i % 100 / 10 + i % 10,
                        "company-department-application-environment-purpose-" + i,
                        i * 1_234_567L,
                        i * 9_876_543_210L,
                        "STANDARD"))
                .toList();

        assertThat(page(GeneratedReports.of(STARTED, buckets)).length()).isBetween(1_000_000, 2_000_000);
    }

    @Test
    void whatIsMissingStandsAtTheTop() throws IOException {
        String page =
                page(GeneratedReports.of(STARTED, List.of(new Bucket("111111111111", "b", null, null, "STANDARD"))));

        assertThat(page.indexOf("<h2>Incomplete</h2>")).isPositive().isLessThan(page.indexOf("Totals"));
        assertThat(page).contains("not all was counted", "<tr class=\"bad\">");
    }

    private static String page(SavedReport report) throws IOException {
        StringBuilder out = new StringBuilder();
        new HtmlReport(report).write(out);
        return out.toString();
    }
}
