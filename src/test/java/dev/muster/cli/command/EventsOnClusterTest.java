package dev.muster.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import dev.muster.cli.console.Console;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.NodeAws;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EventsOnClusterTest {
    @Test
    void whatAClientSendsIncludesNoFileOfTheNode(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.conf"), "bucket = secret");
        Console console = new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        CommandContext context = CommandContext.of(List.of(), Map.of(), console);
        EventsOnCluster job = new EventsOnCluster(
                () -> new CommandLine(new EventsCommand(context)), new NodeAws(context.config(), new AwsOptions()));

        assertThatThrownBy(() ->
                        job.host(new TreeMap<>(Map.of("events-settings", "include file(\"" + secret + "\")")), null))
                .isInstanceOf(ConfigException.Parse.class)
                .hasMessageNotContaining("bucket = secret");
    }
}
