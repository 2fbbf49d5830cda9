package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path home;

    @Test
    void showsEachCommandAtWork() {
        Console.Result demo = new Console(home).run("demo");

        assertThat(demo.code()).as(demo.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(demo.stderr()).contains("muster audit --org", "muster contacts", "muster events --queue");
        assertThat(demo.stdout()).contains("acme-cloudtrail", "\"channel\": ");
    }
}
