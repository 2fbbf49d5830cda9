package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ChildProcess;
import dev.muster.cli.ExitCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DemoCommandTest {
    @TempDir
    Path home;

    @Test
    void showsEachCommandAtWorkAndTouchesNoFileOfTheUsers() throws Exception {
        Path report = Files.writeString(home.resolve("report"), "mine");
        Files.writeString(
                Files.createDirectories(home.resolve("config/muster")).resolve("muster.conf"),
                "muster { audit.output = \"" + report + "\", contacts.output = \"" + report
                        + "\", audit.format = json }");

        CapturedConsole.Result demo = new CapturedConsole(home).run("demo");

        assertThat(demo.code()).as(demo.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(demo.stderr()).contains("muster audit --org", "muster contacts", "muster events --queue");
        assertThat(demo.stdout()).contains("acme-cloudtrail", "\"channel\": ");
        assertThat(report).hasContent("mine");
        assertThat(home.resolve("state")).doesNotExist();
    }

    @Test
    void servesThePracticeCloudToOtherCommandsUntilItIsStopped() throws Exception {
        try (ChildProcess demo = new ChildProcess(home, List.of(), List.of("demo", "--serve"))) {
            await().atMost(Duration.ofMinutes(1)).until(() -> demo.out().contains("SECRET") || !demo.alive());
            Map<String, String> given = demo.out()
                    .lines()
                    .map(line -> line.substring("export ".length()).split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

            CapturedConsole.Result audit = new CapturedConsole(home)
                    .run(
                            "audit",
                            "--endpoint-url=" + given.get("AWS_ENDPOINT_URL"),
                            "--region=" + given.get("AWS_REGION"),
                            "--keyid=" + given.get("AWS_ACCESS_KEY_ID"),
                            "--secret=" + given.get("AWS_SECRET_ACCESS_KEY"));
            demo.stop();

            assertThat(audit.code()).as(audit.stderr()).isEqualTo(ExitCodes.COMPLETE);
            assertThat(audit.stdout()).contains("acme-cloudtrail", "logpublish");
            assertThat(demo.exitCode(30)).isEqualTo(ExitCodes.COMPLETE);
        }
    }
}
