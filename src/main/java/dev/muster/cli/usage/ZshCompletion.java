package dev.muster.cli.usage;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for zsh: a function for each command, with its options and values in the form of {@code _arguments}. */
public final class ZshCompletion {
    private ZshCompletion() {}

    /** The script for a program, to be kept as {@code _muster} in a directory of {@code fpath}. */
    public static String script(CommandLine program) {
        return "#compdef muster\n\n"
                + VisibleCommand.all(program).stream()
                        .map(ZshCompletion::function)
                        .collect(joining("\n"))
                + "\n_muster \"$@\"\n";
    }

    private static String function(VisibleCommand command) {
        List<String> arguments = new ArrayList<>();
        command.options().forEach(option -> arguments.addAll(option(option)));
        for (PositionalParamSpec parameter : command.spec().positionalParameters()) {
            arguments.add(quoted("*:" + escaped(parameter.paramLabel(), ":") + ":" + action(parameter)));
        }
        if (command.commands().isEmpty()) {
            return name(command) + "() {\n    _arguments -s" + lines(arguments) + "\n}\n";
        }
        String names = command.commands().stream()
                .map(child -> child.spec().name() + "\\:" + doubleQuoted(child.summary()))
                .collect(joining(" "));
        arguments.add(quoted("1:command:((" + names + "))"));
        arguments.add(quoted("*::argument:->rest"));
        String cases = command.commands().stream()
                .map(child -> "        " + child.spec().name() + ") " + name(child) + " ;;\n")
                .collect(joining());
        return name(command) + "() {\n    local curcontext=\"$curcontext\" state line\n    _arguments -s -C"
                + lines(arguments) + "\n    [[ $state == rest ]] || return\n    case $line[1] in\n" + cases
                + "    esac\n}\n";
    }

    /** One line for each name; a name that ends with {@code =} also takes its value as {@code --name value}. */
    private static List<String> option(OptionSpec option) {
        String summary = "[" + escaped(VisibleCommand.summary(option), "[]:") + "]";
        String repeated = option.isMultiValue() ? "*" : "";
        List<String> lines = new ArrayList<>();
        for (String name : option.names()) {
            boolean value = VisibleCommand.takesValue(option);
            String end = value && name.startsWith("--") ? "=" : "";
            String argument = value ? ":" + escaped(option.paramLabel(), ":") + ":" + action(option) : "";
            lines.add(quoted(repeated + name + end + summary + argument));
        }
        return lines;
    }

    private static String action(ArgSpec argument) {
        List<String> values = VisibleCommand.values(argument);
        if (VisibleCommand.isFile(argument)) {
            return "_files";
        }
        return values.isEmpty() ? " " : "(" + String.join(" ", values) + ")";
    }

    private static String name(VisibleCommand command) {
        return "_" + command.words().replaceAll("[ -]", "_");
    }

    private static String lines(List<String> arguments) {
        return arguments.stream().map(argument -> " \\\n        " + argument).collect(joining());
    }

    private static String escaped(String text, String special) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(letter -> {
            if (letter == '\\' || special.indexOf(letter) >= 0) {
                escaped.append('\\');
            }
            escaped.append((char) letter);
        });
        return escaped.toString();
    }

    private static String doubleQuoted(String text) {
        return "\"" + text.replaceAll("([\"\\\\$`])", "\\\\$1") + "\"";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
