package dev.muster.cli.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CompletionTest {
    private static final CommandLine PROGRAM = Program.get();

    @TempDir
    Path directory;

    @Test
    void allThreeShellsKnowEveryCommandAndOption() {
        for (VisibleCommand command : VisibleCommand.all(PROGRAM)) {
            Stream.concat(
                            command.commands().stream()
                                    .map(child -> child.spec().name()),
                            command.options().stream()
                                    .map(option -> option.longestName().replaceFirst("^-+", "")))
                    .forEach(word -> {
                        assertThat(BashCompletion.script(PROGRAM)).contains(word);
                        assertThat(ZshCompletion.script(PROGRAM)).contains(word);
                        assertThat(FishCompletion.script(PROGRAM)).contains(word);
                    });
        }
        assertThat(BashCompletion.script(PROGRAM)).doesNotContain("man-pages");
        assertThat(ZshCompletion.script(PROGRAM)).doesNotContain("man-pages");
        assertThat(FishCompletion.script(PROGRAM)).doesNotContain("man-pages");
    }

    @ParameterizedTest
    @CsvSource({
        "muster aud, audit",
        "muster events back, backfill",
        "muster audit --form, --format",
        "muster audit --format j, json",
        "muster audit --format = j, json",
        "muster events --queue audit --form, --format",
        "muster completion z, zsh"
    })
    void bashCompletes(String line, String expected) throws IOException, InterruptedException {
        assertThat(bash(line)).containsExactly(expected);
    }

    @Test
    void bashOffersNoOptionWhereAValueIsDue() throws IOException, InterruptedException {
        assertThat(bash("muster audit --profile --")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh", "fish"})
    void aShellReadsItsScript(String shell) throws IOException, InterruptedException {
        Path script = Files.writeString(
                directory.resolve("script"),
                switch (shell) {
                    case "bash" -> BashCompletion.script(PROGRAM);
                    case "zsh" -> ZshCompletion.script(PROGRAM);
                    default -> FishCompletion.script(PROGRAM);
                });
        assertThat(output(shell, "-n", script.toString())).isEmpty();
    }

    /** What bash offers for the last word of a line. */
    private List<String> bash(String line) throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("muster.bash"), BashCompletion.script(PROGRAM));
        int last = line.split(" ").length - 1;
        return output(
                "bash",
                "-c",
                ". '" + script + "'; COMP_WORDS=(" + line + "); COMP_CWORD=" + last
                        + "; _muster; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    private static List<String> output(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "there is no " + command[0]);
            throw e;
        }
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
