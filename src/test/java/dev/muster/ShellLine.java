package dev.muster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.Main;
import dev.muster.cli.console.Console;
import dev.muster.cli.run.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** A line for a shell, as documentation and examples show it, and the Muster commands in it. */
final class ShellLine {
    private static final Pattern WORD =
            Pattern.compile("('[^']*'|\"[^\"]*\"|\\\\.|[^\\s'\"\\\\|&;<>()#]|(?<=\\S)#)+|[|&;<>()]+|#.*");
    private static final Set<String> PROGRAMS =
            Set.of("muster", "scripts/muster", "/opt/muster/scripts/muster", "/usr/bin/muster");

    private ShellLine() {}

    /** The arguments of each call of Muster, in order. */
    static List<List<String>> musterCommands(String line) {
        List<List<String>> commands = new ArrayList<>();
        List<String> current = null;
        boolean redirected = false;
        for (String word : words(line)) {
            if (word.matches("[|&;()]+")) {
                current = null;
            } else if (word.matches("[<>]+")) {
                redirected = true;
            } else if (redirected) {
                redirected = false;
            } else if (current != null) {
                current.add(word);
            } else if (PROGRAMS.contains(word)) {
                current = new ArrayList<>();
                commands.add(current);
            }
        }
        return commands;
    }

    /**
     * Parses a call of Muster and runs nothing.
     *
     * @throws CommandLine.ParameterException if Muster would refuse it
     */
    static void parse(List<String> arguments) {
        Console console = new Console(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 80);
        CommandContext context = CommandContext.of(arguments, Map.of("XDG_CONFIG_HOME", "/nowhere"), console);
        CommandLine line = Main.commandLine(context, new PrintWriter(new StringWriter()));
        line.parseArgs(arguments.toArray(String[]::new));
        if (!arguments.isEmpty() && arguments.get(0).equals("policy")) {
            parse(arguments.subList(1, arguments.size()));
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            String word = matcher.group();
            if (word.startsWith("#")) {
                break;
            }
            words.add(word.replaceAll("['\"]", ""));
        }
        return words;
    }
}
