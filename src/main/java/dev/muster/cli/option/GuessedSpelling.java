package dev.muster.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Translates what people try first, and what they know from other tools, into Muster's own arguments. */
public final class GuessedSpelling {
    private static final Map<String, String> OPTIONS = Map.of(
            "--endpoint", "--endpoint-url",
            "--max-depth", "--depth",
            "--verbose", "--debug");

    /** Long options of the bucket-auditing script that Muster succeeds, which have one dash. */
    private static final Set<String> SINGLE_DASH = Set.of(
            "-numfiles",
            "-byaccount",
            "-newest",
            "-oldest",
            "-largest",
            "-smallest",
            "-sizeunit",
            "-include",
            "-exclude",
            "-profile",
            "-keyid",
            "-secret",
            "-debug",
            "-help");

    private static final Set<String> FORMATS = Set.of("text", "json", "jsonl", "csv", "table", "html");

    private GuessedSpelling() {}

    /** The arguments in Muster's spelling; what follows {@code --} is left unchanged. */
    public static List<String> correct(List<String> given) {
        List<String> arguments = new ArrayList<>();
        int end = given.contains("--") ? given.indexOf("--") : given.size();
        for (int i = 0; i < end; i++) {
            String argument = doubleDash(given.get(i));
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

    private static String doubleDash(String argument) {
        return SINGLE_DASH.contains(argument.replaceFirst("=.*", "")) ? "-" + argument : argument;
    }

    /** Translates {@code help audit}, {@code version} and {@code -V} into options. */
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
