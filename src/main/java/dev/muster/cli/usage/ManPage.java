package dev.muster.cli.usage;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Manual page of a command, in the macros of man(7). Examples are printed unchanged, without filling or breaking lines.
 */
public final class ManPage {
    private static final String EXAMPLES = "Examples:";

    private ManPage() {}

    /** The name of a command's page, such as {@code muster-events-backfill}. */
    public static String name(VisibleCommand command) {
        return command.words().replace(' ', '-');
    }

    /** The page of a command. */
    public static String of(VisibleCommand command) {
        CommandSpec spec = command.spec();
        StringBuilder page = new StringBuilder();
        page.append(".TH \"%s\" 1 \"\" \"%s\" \"Muster\"\n"
                .formatted(
                        name(command).toUpperCase(Locale.ROOT), text(spec.root().version()[0])));
        page.append(".SH NAME\n" + escaped(name(command)) + " \\- " + text(command.summary()) + "\n");
        page.append(".SH SYNOPSIS\n" + synopsis(command) + "\n");
        page.append(".SH DESCRIPTION\n" + text(spec.usageMessage().description()) + "\n");
        section(page, "COMMANDS", command.commands().stream().map(ManPage::item));
        section(page, "ARGUMENTS", spec.positionalParameters().stream().map(ManPage::item));
        page.append(options(command));
        List<String> footer = Arrays.stream(spec.usageMessage().footer()).toList();
        int examples = footer.contains(EXAMPLES) ? footer.indexOf(EXAMPLES) : footer.size();
        section(
                page,
                "NOTES",
                footer.subList(0, examples).stream()
                        .filter(line -> !line.isBlank())
                        .map(line -> text(line) + "\n.br\n"));
        if (examples < footer.size()) {
            page.append(".SH EXAMPLES\n.EX\n");
            footer.subList(examples + 1, footer.size())
                    .forEach(line -> page.append(escaped(line.replace("%%", "%")) + "\n"));
            page.append(".EE\n");
        }
        section(page, "SEE ALSO", Stream.of(related(command)));
        return page.toString();
    }

    private static String synopsis(VisibleCommand command) {
        String parameters = command.spec().positionalParameters().stream()
                .map(parameter -> parameter.arity().min() == 0
                        ? " [" + parameter.paramLabel() + "]"
                        : " " + parameter.paramLabel())
                .map(ManPage::escaped)
                .collect(joining());
        return ".B " + escaped(command.words()) + "\n[\\fIOPTION\\fR]..."
                + (command.commands().isEmpty() ? "" : " [\\fICOMMAND\\fR]") + parameters;
    }

    /** Options by the groups of the help, then those without a group. */
    private static String options(VisibleCommand command) {
        StringBuilder page = new StringBuilder();
        Set<OptionSpec> grouped = new HashSet<>();
        for (ArgGroupSpec group : command.spec().argGroups()) {
            List<OptionSpec> options = group.allOptionsNested().stream()
                    .filter(option -> !option.hidden())
                    .toList();
            grouped.addAll(group.allOptionsNested());
            String heading = Objects.requireNonNullElse(group.heading(), "")
                    .replace("%n", "")
                    .replaceFirst(":$", "");
            if (!options.isEmpty()) {
                page.append(".SS \"" + text(heading).replace("\"", "\\(dq") + "\"\n");
                options.forEach(option -> page.append(item(option)));
            }
        }
        String others = command.options().stream()
                .filter(option -> !grouped.contains(option))
                .map(ManPage::item)
                .collect(joining());
        if (!others.isEmpty()) {
            page.append((grouped.isEmpty() ? "" : ".SS \"Further options\"\n") + others);
        }
        return page.isEmpty() ? "" : ".SH OPTIONS\n" + page;
    }

    private static String item(VisibleCommand child) {
        return ".TP\n.B " + escaped(child.spec().name()) + "\n" + text(child.summary()) + "\n";
    }

    private static String item(PositionalParamSpec parameter) {
        return ".TP\n.I " + escaped(parameter.paramLabel()) + "\n" + described(parameter, parameter.description())
                + "\n";
    }

    private static String item(OptionSpec option) {
        String names = Arrays.stream(option.names())
                .map(name -> "\\fB" + escaped(name) + "\\fR")
                .collect(joining(", "));
        String value = VisibleCommand.takesValue(option) ? "=\\fI" + escaped(option.paramLabel()) + "\\fR" : "";
        return ".TP\n" + names + value + "\n" + described(option, option.description()) + "\n";
    }

    private static String described(ArgSpec argument, String[] description) {
        String value = String.valueOf(argument.defaultValueString(true));
        return text(Arrays.stream(description)
                .map(line -> line.replace("${DEFAULT-VALUE}", value))
                .toArray(String[]::new));
    }

    private static String related(VisibleCommand command) {
        CommandSpec parent = command.spec().parent();
        return Stream.concat(Stream.ofNullable(parent).map(VisibleCommand::new), command.commands().stream())
                .map(other -> "\\fB" + escaped(name(other)) + "\\fR(1)")
                .collect(joining(",\n", "", "\n"));
    }

    private static void section(StringBuilder page, String heading, Stream<String> items) {
        String body = items.collect(joining());
        if (!body.isBlank()) {
            page.append(".SH " + heading + "\n" + body);
        }
    }

    private static String text(String... lines) {
        return Arrays.stream(lines)
                .map(line -> escaped(line.replace("%%", "%")))
                .collect(joining("\n"));
    }

    /** Escapes what roff would take for a request, an escape or a typographic hyphen. */
    private static String escaped(String line) {
        String escaped = line.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
