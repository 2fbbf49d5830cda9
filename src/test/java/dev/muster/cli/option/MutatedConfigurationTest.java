package dev.muster.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.muster.Mutation;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.events.message.MessageRulesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a configuration file, it is in force or refused in one line. */
@Timeout(60)
class MutatedConfigurationTest {
    private static final int TRIES = 300;
    private static final int COMMANDS = 40;

    @TempDir
    Path home;

    @Test
    void aMutatedFileIsReadOrRefusedInOneLine() throws IOException {
        byte[] good = Files.readAllBytes(Path.of("conf/muster.conf"));
        byte[] small = ("muster { workers = 8, audit { org = true, numfiles = 5 }, endpoint-url = \"http://x\"\n"
                        + "engine.backoff { base = 5ms, cap = ${?CAP}50ms }, events.flush.bytes = 16 MiB\n"
                        + "events.message.rules = [{ field = event, keep-if { one-of = [Dial, 1, null] } }] }\n"
                        + "include \"application.conf\"\n")
                .getBytes(UTF_8);
        for (int seed = 0; seed < TRIES; seed++) {
            read(new Mutation(seed).of(seed % 4 == 0 ? good : small), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"a\\u0000b\"",
                "include file(\"a\\u0000b\")",
                "muster.\u0000 = 1",
                "a = ${a}",
                "\\",
                "\""
            })
    void anOddFileIsReadOrRefusedInOneLine(String text) throws IOException {
        read(text.getBytes(UTF_8), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = ", "a.", "{", "a = ${"})
    void aFileNestedTooDeeplyIsRefusedInOneLine(String level) throws IOException {
        read((level.equals("a = ") ? "a = " + "[".repeat(100_000) : level.repeat(100_000)).getBytes(UTF_8), 0);
    }

    @Test
    void aCommandRunsOrSaysInOneLineWhatIsWrongWithItsFile() throws IOException {
        byte[] good = "muster { workers = 8, audit { org = true, numfiles = 5, format = text }, region = us-east-1 }\n"
                .getBytes(UTF_8);
        for (int seed = 0; seed < COMMANDS; seed++) {
            Path file = Files.write(home.resolve("muster.conf"), new Mutation(seed).of(good));
            CapturedConsole.Result result =
                    new CapturedConsole(home).run("audit", "--config=" + file, "--accounts=12", "--org");
            assertThat(result.code()).as(seed + ": " + result.stderr()).isEqualTo(ExitCodes.USAGE);
            assertThat(result.stderr()).as("seed " + seed).doesNotContain("java.", "Exception", "defect");
        }
    }

    private void read(byte[] text, int seed) throws IOException {
        Path file = Files.write(home.resolve("muster.conf"), text);
        String what = seed + ": " + new String(text, 0, Math.min(text.length, 500), UTF_8);
        try {
            Config config = Configuration.load(
                    List.of("--config", file.toString()),
                    Map.of(),
                    new UserDirectories(Map.of("HOME", home.toString())));
            MessageRulesReader.read(config.getConfig("muster.events.message"));
        } catch (UserException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCodes.USAGE);
            assertThat(e.getMessage())
                    .as(what)
                    .doesNotContain("\n", "java.lang")
                    .isNotBlank();
        } catch (ConfigException e) {
            assertThat(Configuration.oneLine(e)).as(what).doesNotContain("\n", "java.lang");
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what, e);
        }
    }
}
