package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

        Console.Result demo = new Console(home).run("demo");

        assertThat(demo.code()).as(demo.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(demo.stderr()).contains("muster audit --org", "muster contacts", "muster events --queue");
        assertThat(demo.stdout()).contains("acme-cloudtrail", "\"channel\": ");
        assertThat(report).hasContent("mine");
        assertThat(home.resolve("state")).doesNotExist();
    }
}
