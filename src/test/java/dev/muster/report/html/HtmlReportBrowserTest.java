package dev.muster.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.output.html.TablePage;
import dev.muster.output.html.TablePage.Cell;
import dev.muster.output.html.TablePage.Column;
import dev.muster.output.html.TablePage.Curve;
import dev.muster.output.html.TablePage.Curve.Point;
import dev.muster.output.html.TablePage.Row;
import dev.muster.output.html.TablePage.Table;
import dev.muster.output.html.TablePage.Total;
import dev.muster.report.saved.GeneratedReports;
import dev.muster.report.saved.GeneratedReports.Bucket;
import dev.muster.report.saved.SavedReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** The page in a browser without a network. Skipped where chromium and chromedriver are not installed. */
@Tag("slow")
class HtmlReportBrowserTest {
    private static final String HOSTILE =
            "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    @TempDir
    static Path directory;

    private static ChromeDriver browser;

    @BeforeAll
    static void openBrowser() throws IOException {
        browser = Chromium.open();
        try (var out = Files.newBufferedWriter(directory.resolve("report.html"))) {
            String json = GeneratedReports.json(
                    Instant.parse("2026-03-01T00:00:00Z"),
                    List.of(
                            new Bucket("111111111111", "logs", 3L, 3_000L, "STANDARD"),
                            new Bucket("111111111111", "zoo", 900L, 2_000L, "GLACIER"),
                            new Bucket("222222222222", HOSTILE, 20L, 500_000L, HOSTILE)));
            new HtmlReport(SavedReportReader.parse(GeneratedReports.withFinding(json, HOSTILE))).write(out);
        }
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void openPage() {
        browser.get(directory.resolve("report.html").toUri().toString());
    }

    @Test
    void itOpensWithoutAnErrorAndHostileNamesDoNothing() {
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(browser.getTitle()).isEqualTo("Audit of 2026-03-01 – Muster");
        assertThat(browser.findElements(By.tagName("img"))).isEmpty();
        assertThat(browser.findElements(By.cssSelector(".chart svg"))).hasSize(4);
        assertThat(browser.findElement(By.id("buckets")).getText()).contains(HOSTILE);
    }

    @Test
    void theTreemapDrillsByKeyboard() {
        WebElement account = browser.findElement(By.xpath("//*[@id='tree-parts']/button[2]"));
        assertThat(account.getText()).startsWith("111111111111 – 4.88 KB");
        account.sendKeys(Keys.ENTER);

        assertThat(browser.findElement(By.id("tree-said")).getText()).isEqualTo("111111111111: 4.88 KB in 2 parts");
        // the chart moves from one level to the next
        await().untilAsserted(() ->
                assertThat(browser.findElement(By.id("tree")).getText()).contains("logs", "zoo"));
        assertThat(browser.switchTo().activeElement().getText()).isEqualTo("111111111111");
        browser.findElement(By.cssSelector("#tree-path button")).sendKeys(Keys.ENTER);
        assertThat(browser.findElement(By.id("tree-said")).getText()).startsWith("All accounts: ");
    }

    @Test
    void aPageOfTablesDrawsItsCurveAndFiltersItsTables() throws IOException {
        Path file = directory.resolve("tables.html");
        try (var out = Files.newBufferedWriter(file)) {
            new TablePage(
                            HOSTILE,
                            HOSTILE,
                            List.of(HOSTILE),
                            List.of(new Total("Size", "1 KB", "")),
                            new Curve(
                                    "Bytes over time",
                                    List.of(
                                            new Point(Instant.EPOCH, 1_024),
                                            new Point(Instant.EPOCH.plusSeconds(86_400), 2_048))),
                            List.of(new Table(
                                    "things",
                                    "Things",
                                    "things",
                                    List.of(new Column("Name", null), new Column("Size", "n")),
                                    List.of(
                                            new Row(false, List.of(Cell.text("a"), Cell.number(10L, "10 B"))),
                                            new Row(true, List.of(Cell.text(HOSTILE), Cell.number(9L, "9 B")))))))
                    .write(out);
        }
        browser.get(file.toUri().toString());

        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(browser.findElements(By.cssSelector("#curve svg"))).hasSize(1);
        assertThat(browser.findElements(By.tagName("img"))).isEmpty();
        browser.findElement(By.xpath("//th/button[.='Size']")).click();
        assertThat(browser.findElements(By.cssSelector("#things tbody tr td:first-child")))
                .extracting(WebElement::getText)
                .containsExactly("a", HOSTILE);
        browser.findElement(By.id("things-filter")).sendKeys("10 b");
        assertThat(browser.findElement(By.id("things-said")).getText()).isEqualTo("1 of 2 things");
    }

    @Test
    void theTableSortsAndFilters() {
        browser.findElement(By.xpath("//th/button[.='Objects']")).sendKeys(Keys.ENTER);
        assertThat(names()).containsExactly("zoo", HOSTILE, "logs");
        browser.findElement(By.xpath("//th/button[.='Size']")).click();
        assertThat(names()).containsExactly(HOSTILE, "logs", "zoo");
        browser.findElement(By.id("filter")).sendKeys("1111 ZO");

        assertThat(names()).containsExactly("zoo");
        assertThat(browser.findElement(By.id("buckets-said")).getText()).isEqualTo("1 of 3 buckets");
    }

    @Test
    void aFindingShowsItsRuleOnDemand() {
        WebElement findings = browser.findElement(By.id("findings"));
        WebElement rule = findings.findElement(By.tagName("pre"));
        assertThat(findings.getText()).contains("1,234.50", HOSTILE);
        assertThat(rule.isDisplayed()).isFalse();

        findings.findElement(By.tagName("summary")).click();

        assertThat(rule.isDisplayed()).isTrue();
        assertThat(rule.getText()).startsWith("{\"Rules\": [{\"ID\": ");
        assertThat(browser.getTitle()).isEqualTo("Audit of 2026-03-01 – Muster");
    }

    private static List<String> names() {
        return browser.findElements(By.cssSelector("#buckets tbody tr td:first-child")).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .toList();
    }
}
