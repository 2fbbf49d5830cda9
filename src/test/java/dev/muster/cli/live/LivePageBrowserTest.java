package dev.muster.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.report.html.Chromium;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** The live page of a real run in a browser. Skipped where chromium and chromedriver are not installed. */
@Tag("slow")
class LivePageBrowserTest {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

    @TempDir
    Path home;

    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final StringWriter stdout = new StringWriter();

    @Test
    void itShowsTheRunWhileItGoesOnThenItsReport() throws Exception {
        Estate estate = Estate.of(
                PracticeBucket.of("big", new SequentialKeys(200_000)),
                PracticeBucket.of(HOSTILE, new SequentialKeys(10)),
                PracticeBucket.of("sealed", new SequentialKeys(10)).locked());
        ChromeDriver browser = Chromium.open();
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            cloud.faults().set("s3", FaultProfile.NONE.withLatency(Latency.fixed(Duration.ofSeconds(1))));
            CompletableFuture<Integer> run = CompletableFuture.supplyAsync(
                    () -> new CapturedConsole(home).run(audit(cloud, estate), new PrintWriter(stdout), stderr));
            browser.get(url());
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(text(browser, "said")).startsWith("For 0:");
                assertThat(text(browser, "totals")).contains("of 3");
                assertThat(text(browser, "buckets")).contains("big", HOSTILE);
                assertThat(text(browser, "reasons")).contains("AccessDenied");
            });
            assertThat(run).isNotDone();
            assertThat(browser.findElements(By.cssSelector(".chart svg"))).hasSize(2);

            cloud.faults().clear();

            assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCodes.INCOMPLETE);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            browser.findElement(By.id("report")).isDisplayed())
                    .isTrue());
            assertThat(text(browser, "title")).isEqualTo("Audit incomplete");
            assertThat(text(browser, "totals")).contains("200,010");
            assertThat(browser.findElements(By.tagName("img"))).isEmpty();
            browser.findElement(By.id("report")).click();
            browser.switchTo().window(List.copyOf(browser.getWindowHandles()).get(1));
            await().untilAsserted(() -> assertThat(browser.getTitle()).startsWith("Audit of "));
            assertThat(text(browser, "buckets")).contains("big", HOSTILE);
            assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        } finally {
            browser.quit();
        }
    }

    private static List<String> audit(PracticeCloud cloud, Estate estate) {
        return CapturedConsole.on(cloud, estate, "audit", "--workers=2", "--serve", "--format=json");
    }

    /** The address that the run says. */
    private String url() {
        Pattern address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> address.matcher(stderr.toString(StandardCharsets.UTF_8)), Matcher::find)
                .group();
    }

    private static String text(ChromeDriver browser, String id) {
        return browser.findElement(By.id(id)).getText();
    }
}
