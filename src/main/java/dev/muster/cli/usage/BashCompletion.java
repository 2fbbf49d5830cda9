package dev.muster.cli.usage;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for bash: one function that finds the command before the cursor and looks up what may follow it. */
public final class BashCompletion {
    private static final String SCRIPT = """
            # Completion of muster for bash.
            _muster() {
                local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=muster words= i
                # To bash the = of --option=value is a word of its own.
                [ "$previous" = = ] && previous=${COMP_WORDS[COMP_CWORD-2]}
                [ "$word" = = ] && word=
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case "$command ${COMP_WORDS[i]}" in
                        %s) command="$command ${COMP_WORDS[i]}" ;;
                    esac
                done
                case "$command $previous" in
            %s    esac
                case $command in
            %s    esac
                COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _muster muster
            """;
    private static final String VALUES = "        '%s') COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n";
    private static final String ANY_VALUE = "        '%s') COMPREPLY=(); return ;;\n";
    private static final String WORDS = "        '%s') words='%s' ;;\n";

    private BashCompletion() {}

    /** The script for a program. */
    public static String script(CommandLine program) {
        List<VisibleCommand> all = VisibleCommand.all(program);
        return SCRIPT.formatted(
                all.stream().skip(1).map(command -> "'" + command.words() + "'").collect(joining(" | ")),
                all.stream().flatMap(BashCompletion::values).collect(joining()),
                all.stream()
                        .map(command -> WORDS.formatted(command.words(), String.join(" ", words(command))))
                        .collect(joining()));
    }

    /** Candidates for the value of an option; where that is a file or anything else, bash offers files. */
    private static Stream<String> values(VisibleCommand command) {
        return command.options().stream().filter(VisibleCommand::takesValue).flatMap(option -> Stream.of(option.names())
                .map(name -> command.words() + " " + name)
                .map(place -> value(place, option)));
    }

    private static String value(String place, ArgSpec argument) {
        List<String> values = VisibleCommand.values(argument);
        return values.isEmpty() ? ANY_VALUE.formatted(place) : VALUES.formatted(place, String.join(" ", values));
    }

    private static List<String> words(VisibleCommand command) {
        return Stream.of(
                        command.commands().stream().map(child -> child.spec().name()),
                        command.spec().positionalParameters().stream()
                                .flatMap(parameter -> VisibleCommand.values(parameter).stream()),
                        command.options().stream().map(OptionSpec::names).flatMap(Stream::of))
                .flatMap(words -> words)
                .toList();
    }
}
