package dev.muster.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.report.saved.GeneratedReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors of {@code muster browse}: a test has no terminal. */
class BrowseCommandTest {
    @TempDir
    Path home;

    private CapturedConsole console;

    @BeforeEach
    void openConsole() {
        console = new CapturedConsole(home);
    }

    @Test
    void withoutATerminalThatIsSaidInALine() throws IOException {
        Path report = Files.writeString(home.resolve("audit.json"), GeneratedReports.json(Instant.EPOCH, List.of()));

        assertRefused(console.run("browse", report.toString()), "there is no terminal to browse in");
    }

    @Test
    void aFileThatIsNoReportIsRefused() throws IOException {
        Path other = Files.writeString(home.resolve("other.json"), "{}");

        assertRefused(console.run("browse", other.toString()), "no report of an audit");
    }

    @Test
    void withoutAnArgumentAndWithoutARunThatIsSaid() {
        assertRefused(console.run("browse"), "no audit of this user is under way");
    }

    private static void assertRefused(CapturedConsole.Result result, String reason) {
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.errors()).singleElement().asString().contains(reason);
    }
}
