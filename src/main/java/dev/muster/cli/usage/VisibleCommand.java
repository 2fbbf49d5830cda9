package dev.muster.cli.usage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as in its help, without hidden options.
 *
 * @param spec description of the command for the parser
 */
public record VisibleCommand(CommandSpec spec) {
    /** The program and all its commands, each before its subcommands. */
    public static List<VisibleCommand> all(CommandLine program) {
        List<VisibleCommand> all = new ArrayList<>();
        collect(new VisibleCommand(program.getCommandSpec()), all);
        return all;
    }

    private static void collect(VisibleCommand command, List<VisibleCommand> all) {
        all.add(command);
        command.commands().forEach(child -> collect(child, all));
    }

    List<VisibleCommand> commands() {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(child -> !child.usageMessage().hidden())
                .distinct()
                .map(VisibleCommand::new)
                .toList();
    }

    List<OptionSpec> options() {
        return spec.options().stream().filter(option -> !option.hidden()).toList();
    }

    /** Words by which it is called, such as {@code muster events backfill}. */
    String words() {
        return spec.qualifiedName(" ");
    }

    /** The first sentence of the description, without its full stop. */
    String summary() {
        return firstSentence(spec.usageMessage().description());
    }

    static String summary(OptionSpec option) {
        return firstSentence(option.description());
    }

    private static String firstSentence(String[] description) {
        String text = String.join(" ", description).replace("%%", "%").replaceFirst(" \\(default: .*\\)$", "");
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceFirst("[.:]$", "");
    }

    /** The values of an argument, if they are few and known; else none. */
    static List<String> values(ArgSpec argument) {
        Class<?> type = argument.isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(value -> value.toString().toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
    }

    static boolean isFile(ArgSpec argument) {
        return argument.type() == Path.class;
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }
}
