package dev.muster.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what people try first, from other tools, into Muster's own arguments. */
public final class GuessedSpelling {
    private static final Map<String, String> OPTIONS = Map.of(
            "--endpoint", "--endpoint-url",
            "--top", "--numfiles",
            "--verbose", "--debug");

    private static final Set<String> FORMATS = Set.of("text", "json", "jsonl", "csv", "table", "html");

    private GuessedSpelling() {}

    /** The arguments as Muster spells them; what follows {@code --} is left alone. */
    public static List<String> correct(List<String> given) {
        List<String> arguments = new ArrayList<>();
        int end = given.contains("--") ? given.indexOf("--") : given.size();
        for (int i = 0; i < end; i++) {
            String argument = given.get(i);
            String name = argument.replaceFirst("=.*", "");
            String value = argument.substring(name.length());
            if (argument.equals("-o") && i + 1 < end) {
                arguments.add(FORMATS.contains(given.get(i + 1)) ? "--format" : "--output");
            } else if (name.equals("--color") || name.equals("--colour")) {
                i += value.isEmpty() && i + 1 < end && !given.get(i + 1).startsWith("-")
                        ? 1
                        : 0; // there are no colours
            } else {
                arguments.add(OPTIONS.getOrDefault(name, name) + value);
            }
        }
        arguments.addAll(given.subList(end, given.size()));
        return helped(arguments);
    }

    /** {@code help audit}, {@code version} and {@code -V} as options. */
    private static List<String> helped(List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        if (first.equals("help")) {
            List<String> command = new ArrayList<>(arguments.subList(1, arguments.size()));
            command.add("--help");
            return command;
        }
        return arguments.size() == 1 && Set.of("version", "-V").contains(first) ? List.of("--version") : arguments;
    }
}
