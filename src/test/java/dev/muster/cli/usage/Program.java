package dev.muster.cli.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.Main;
import dev.muster.cli.console.Console;
import dev.muster.cli.run.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The program with all its commands, as the parser describes it. */
final class Program {
    private Program() {}

    static CommandLine get() {
        Console console = new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        CommandContext context = CommandContext.of(List.of(), Map.of("XDG_CONFIG_HOME", "/nowhere"), console);
        return Main.commandLine(context, new PrintWriter(new StringWriter()));
    }
}
