package dev.muster.cli.option;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Options of a command that travel to the nodes of a cluster: all that affect the run and its report. Credentials, and
 * options about the terminal, stay.
 */
public final class RemoteOptions {
    private static final Set<String> STAY = Set.of(
            "--help",
            "--version",
            "--cluster",
            "--join",
            "--profile",
            "--keyid",
            "--secret",
            "--workers",
            "--resume",
            "--learn",
            "--checkpoint",
            "--config",
            "--quiet",
            "--no-progress",
            "--debug",
            "--output",
            "--history",
            "--serve",
            "--prices",
            "--errors");

    private RemoteOptions() {}

    /** The values in use, given or by default, by the options' names without dashes. */
    public static SortedMap<String, String> of(CommandSpec command) {
        SortedMap<String, String> values = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            Object value = option.getValue();
            if (value != null && travels(option) && !text(value).isEmpty()) {
                values.put(name(option), text(value));
            }
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (parameter.getValue() instanceof Collection<?> list && !list.isEmpty()) {
                values.put(
                        parameter.paramLabel(),
                        list.stream().map(String::valueOf).collect(joining("\n")));
            }
        }
        return values;
    }

    /**
     * Applies options that travelled to a command, without unknown ones and those that an honest client never sends,
     * such as a file to write. This machine's configuration counts only for options that stay: an option that did not
     * travel was not set where the run was submitted.
     */
    public static void apply(SortedMap<String, String> values, CommandLine command) {
        command.setCaseInsensitiveEnumValuesAllowed(true);
        IDefaultValueProvider here = command.getDefaultValueProvider();
        command.setDefaultValueProvider(
                argument -> here == null || travels(argument) ? null : here.defaultValue(argument));
        Stream<String> options = command.getCommandSpec().options().stream()
                .filter(option -> travels(option) && values.containsKey(name(option)))
                .map(option -> option.longestName() + "=" + values.get(name(option)));
        Stream<String> parameters = command.getCommandSpec().positionalParameters().stream()
                .filter(parameter -> values.containsKey(parameter.paramLabel()))
                .flatMap(parameter -> values.get(parameter.paramLabel()).lines());
        command.parseArgs(Stream.concat(options, parameters).toArray(String[]::new));
    }

    private static boolean travels(ArgSpec argument) {
        return argument instanceof OptionSpec option && (!STAY.contains(option.longestName()) || isDataset(option));
    }

    /** The place of a dataset is for the nodes: they write it. */
    private static boolean isDataset(OptionSpec option) {
        return option.longestName().equals("--output")
                && option.command().name().equals("inventory");
    }

    private static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    private static String text(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(String::valueOf).collect(joining(","))
                : String.valueOf(value);
    }
}
