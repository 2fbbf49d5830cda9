package dev.muster.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.Main;
import dev.muster.cli.console.Console;
import dev.muster.cli.run.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ConfigurationTest {
    private static final Config REFERENCE = ConfigFactory.defaultReference();

    @Test
    void everyOptionHasAKeyOfTheSameName() {
        List<String> missing = new ArrayList<>();
        for (CommandLine command : commands()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                boolean found = ConfigDefaults.paths(option).stream().anyMatch(REFERENCE::hasPath);
                if (ConfigDefaults.configurable(option) && !found) {
                    missing.add(ConfigDefaults.paths(option).get(0));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void aFlagThatTheConfigurationSetsStaysSetWhenItIsGiven() {
        for (CommandLine command : commands()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.type() == boolean.class && ConfigDefaults.configurable(option)) {
                    assertThat(option.fallbackValue()).as(option.longestName()).isEqualTo("true");
                }
            }
        }
    }

    @Test
    void aFlagThatTheConfigurationSetsCanBeTakenBack(@TempDir Path home) throws IOException {
        Path config = Files.writeString(home.resolve("muster.conf"), "muster.audit.org = true");
        CapturedConsole console = new CapturedConsole(home);
        List<String> needsOrganization = List.of("audit", "--config=" + config, "--accounts=12");

        assertThat(console.run(needsOrganization).stderr()).contains("12 digits");
        assertThat(console.run("audit", "--config=" + config, "--accounts=12", "--org=false")
                        .stderr())
                .contains("give --org too");
    }

    /** The example shows every key, set to its default or, where a line is a comment, as {@code # key = default}. */
    @Test
    void theExampleShowsEveryKeyWithItsDefault() throws IOException {
        Config example = ConfigFactory.parseFile(Path.of("conf/muster.conf").toFile());

        assertThat(keys(example)).isEqualTo(keys(REFERENCE));
    }

    @Test
    void theExampleOfAClusterHasNoKeyThatMusterDoesNotKnow() {
        Config example =
                ConfigFactory.parseFile(Path.of("conf/cluster.conf").toFile()).resolve();

        assertThat(keys(REFERENCE).keySet()).containsAll(keys(example).keySet());
    }

    @Test
    void theExampleExplainsEveryKey() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("conf/muster.conf"));
        List<String> unexplained = new ArrayList<>();
        boolean explained = false;
        for (String line : lines) {
            boolean setting = line.matches("\\s*[a-z\"][a-z-\"]* = .*");
            if (setting && !explained && !line.contains("#")) {
                unexplained.add(line.strip());
            }
            explained = !line.isBlank() && (explained || line.contains("#"));
        }
        assertThat(unexplained).isEmpty();
    }

    @Test
    void theLoggingExampleLoads(@TempDir Path directory) throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty("MUSTER_LOG", directory.resolve("muster.log").toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);

        configurator.doConfigure(Path.of("conf/logback.xml").toFile());

        assertThat(context.getStatusManager().getCopyOfStatusList())
                .noneMatch(status -> status.getLevel() >= Status.WARN);
        context.stop();
    }

    private static Map<String, Object> keys(Config config) {
        Map<String, Object> keys = new TreeMap<>();
        config.getConfig("muster")
                .entrySet()
                .forEach(entry -> keys.put(
                        String.join(".", ConfigUtil.splitPath(entry.getKey())),
                        entry.getValue().unwrapped()));
        return keys;
    }

    /** All commands, those of commands included. */
    private static List<CommandLine> commands() {
        List<CommandLine> commands = new ArrayList<>(List.of(commandLine()));
        for (int i = 0; i < commands.size(); i++) {
            commands.addAll(commands.get(i).getSubcommands().values());
        }
        return commands;
    }

    private static CommandLine commandLine() {
        Console console = new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        return Main.commandLine(CommandContext.of(List.of(), Map.of(), console), new PrintWriter(new StringWriter()));
    }
}
