package dev.muster.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.cli.Main;
import dev.muster.report.saved.GeneratedReports;
import dev.muster.report.saved.GeneratedReports.Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code muster browse} in a real terminal. Skipped where tmux is not installed. */
@Tag("slow")
class BrowserTerminalTest {
    private static final Path TMUX = Path.of("/usr/bin/tmux");

    @TempDir
    Path home;

    @BeforeEach
    void openTerminal() throws Exception {
        assumeTrue(Files.isExecutable(TMUX), "skipped: install tmux");
        write(3_000);
        Files.writeString(home.resolve("browse.sh"), """
                stty -g > before
                "%s" -XX:TieredStopAtLevel=1 -Dmuster.stdout.terminal=true -cp '%s' %s browse audit.json 2> err
                echo "code $?"
                stty -g > after
                cmp before after && echo "terminal as before"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName()));
        tmux("-f", "/dev/null", "-u", "new-session", "-d", "-x", "80", "-y", "24", "env LC_ALL=C.UTF-8 sh");
        type("trap : INT; echo earlier; . ./browse.sh");
        press("Enter");
        awaitScreen("?: help");
    }

    @AfterEach
    void closeTerminal() throws Exception {
        if (Files.isExecutable(TMUX)) {
            tmux("kill-server");
        }
    }

    @Test
    void keysWorkAtBothSizesAndQuittingRestoresTheScreen() throws Exception {
        assertThat(screen()).hasSize(24).doesNotContain("earlier");
        assertThat(screen().get(2)).isEqualTo("   48.83 KB  94.3% [##########]   zoo");
        press("Down");
        awaitScreen("2/2 by size");
        press("c", "n");
        awaitScreen("1/2 by name");
        tmux("resize-window", "-x", "40", "-y", "10");
        awaitScreen("  1/2 by name");
        assertThat(screen()).hasSize(10).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
        assertThat(screen().get(2)).isEqualTo("    2.93 KB 3   \\x1b[31m日本");
        press("/", "z", "Enter");
        awaitScreen("2/2 by name");
        press("q");

        awaitScreen("terminal as before");
        assertThat(screen()).contains("code 0").anyMatch(line -> line.contains("earlier"));
        assertThat(home.resolve("err")).isEmptyFile();
    }

    @Test
    void aReportThatIsWrittenAgainIsShownAndThePlaceStays() throws Exception {
        press("End");
        awaitScreen("2/2 by size");

        write(700_000);

        awaitScreen("683.59 KB");
        awaitScreen("1/2 by size");
        press("C-c");
        awaitScreen("terminal as before");
        assertThat(screen()).contains("code 130");
    }

    @Test
    void sigtermRestoresTheScreenToo() throws Exception {
        ProcessHandle muster = ProcessHandle.of(
                        Long.parseLong(tmux("list-panes", "-F", "#{pane_pid}").strip()))
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow();

        muster.destroy();

        awaitScreen("terminal as before");
        assertThat(screen()).contains("code 130");
    }

    /** Writes the report whole, of two buckets. */
    private void write(long bytes) throws IOException {
        Path next = home.resolve("next.json");
        Files.writeString(
                next,
                GeneratedReports.json(
                        Instant.parse("2026-03-01T04:00:00Z"),
                        List.of(
                                new Bucket("111111111111", "\u001b[31m日本", 3L, bytes, "STANDARD"),
                                new Bucket("111111111111", "zoo", 9L, 50_000L, "STANDARD"))));
        Files.move(next, home.resolve("audit.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void press(String... keys) throws Exception {
        for (String key : keys) {
            tmux("send-keys", key);
        }
    }

    private void type(String text) throws Exception {
        tmux("send-keys", "-l", text);
    }

    private List<String> screen() throws Exception {
        return tmux("capture-pane", "-p").lines().toList();
    }

    private void awaitScreen(String text) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(screen()).anyMatch(line -> line.contains(text)));
    }

    /** A command of tmux on a server of this test's own. */
    private String tmux(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(TMUX.toString(), "-S", home.resolve("tmux").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
