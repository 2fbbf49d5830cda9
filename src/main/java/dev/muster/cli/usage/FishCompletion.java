package dev.muster.cli.usage;

import static java.util.stream.Collectors.joining;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish: a line for each command, option and list of values, with the command that it belongs to. */
public final class FishCompletion {
    private static final String HEAD = """
            # Completion of muster for fish.
            set -g __fish_muster_commands %s

            # Tells whether the words before the cursor call this command, and none below it.
            function __fish_muster_at
                set -l command muster
                for word in (commandline -opc)[2..-1]
                    if contains -- "$command $word" $__fish_muster_commands
                        set command "$command $word"
                    end
                end
                test "$command" = "$argv"
            end

            complete -c muster -f
            """;

    private FishCompletion() {}

    /** The script for a program. */
    public static String script(CommandLine program) {
        List<VisibleCommand> all = VisibleCommand.all(program);
        StringBuilder script = new StringBuilder(HEAD.formatted(
                all.stream().map(command -> quoted(command.words())).collect(joining(" "))));
        for (VisibleCommand command : all) {
            String at = "complete -c muster -n " + quoted("__fish_muster_at " + command.words());
            command.commands().forEach(child -> script.append(at)
                    .append(" -a " + quoted(child.spec().name()) + " -d " + quoted(child.summary()) + "\n"));
            for (PositionalParamSpec parameter : command.spec().positionalParameters()) {
                String values = values(VisibleCommand.values(parameter), VisibleCommand.isFile(parameter));
                script.append(values.isBlank() ? "" : at + values);
            }
            for (OptionSpec option : command.options()) {
                script.append(at);
                for (String name : option.names()) {
                    script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
                }
                script.append(" -d ").append(quoted(VisibleCommand.summary(option)));
                if (VisibleCommand.takesValue(option)) {
                    script.append(" -r").append(values(VisibleCommand.values(option), VisibleCommand.isFile(option)));
                } else {
                    script.append("\n");
                }
            }
        }
        return script.toString();
    }

    private static String values(List<String> values, boolean file) {
        return (values.isEmpty() ? "" : " -a " + quoted(String.join(" ", values))) + (file ? " -F" : "") + "\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
