package dev.muster.cli;

import com.typesafe.config.ConfigException;
import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.cli.command.Commands;
import dev.muster.cli.command.MusterCommand;
import dev.muster.cli.console.Console;
import dev.muster.cli.console.Logging;
import dev.muster.cli.console.Stdout;
import dev.muster.cli.console.Suggestions;
import dev.muster.cli.option.ConfigDefaults;
import dev.muster.cli.option.Configuration;
import dev.muster.cli.option.GuessedSpelling;
import dev.muster.cli.run.CommandContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Stdout stdout = new Stdout(new FileOutputStream(FileDescriptor.out));
        System.exit(run(arguments, System.getenv(), stdout, Console.onStderr()));
    }

    /** Runs one command to its end and returns the process's exit code. */
    static int run(String[] given, Map<String, String> environment, PrintWriter stdout, Console console) {
        List<String> arguments = GuessedSpelling.correct(List.of(given));
        Logging.set(console, arguments.contains("--debug"));
        CommandContext commandContext = CommandContext.of(arguments, environment, console);
        try {
            requireText(arguments);
            if (needsConfiguration(arguments)) {
                var unused = commandContext.config(); // the parser would print a stack trace for an error
            }
            int code = commandLine(commandContext, stdout).execute(arguments.toArray(String[]::new));
            Optional<String> problem = code == ExitCodes.COMPLETE ? Stdout.problem(stdout) : Optional.empty();
            return problem.map(reason -> onFullStdout(console, reason)).orElse(code);
        } catch (RuntimeException e) {
            return onError(console, e);
        }
    }

    /**
     * Tells whether a command reads the configuration: all but the demo do; help and version work whatever is in it.
     */
    private static boolean needsConfiguration(List<String> arguments) {
        return !arguments.isEmpty()
                && !arguments.get(0).equals("demo")
                && arguments.stream().noneMatch(List.of("-h", "--help", "--version", "-V")::contains);
    }

    /**
     * Refuses U+FFFD, which stands for what the locale cannot read: with a prefix of such characters an audit would
     * count nothing and be complete.
     */
    private static void requireText(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).indexOf('\uFFFD') >= 0) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "cannot read argument " + (i + 1) + ": it has characters that the locale does not know"
                                + "; set LC_ALL to a UTF-8 locale such as C.UTF-8");
            }
        }
    }

    /**
     * The command that the arguments begin with, or else all of them, with the defaults of the configuration.
     * Describing a command takes a moment, so only the one that is called is described.
     */
    public static CommandLine commandLine(CommandContext commandContext, PrintWriter stdout) {
        Console console = commandContext.console();
        CommandLine line = new CommandLine(new MusterCommand(commandContext));
        Map<String, Supplier<CommandLine>> commands = Commands.of(commandContext);
        String first = commandContext.arguments().stream().findFirst().orElse("");
        boolean alone = commands.containsKey(first) && !Commands.needsAll(first);
        commands.forEach((name, command) -> {
            if (!alone || name.equals(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        line.setOut(stdout);
        line.setDefaultValueProvider(new ConfigDefaults(commandContext::config));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setExpandAtFiles(false); // a prefix may begin with @
        line.setExecutionExceptionHandler(
                (error, command, parsed) -> onError(console, error, text -> placed(commandContext, command, text)));
        line.setParameterExceptionHandler((error, args) -> onWrongUse(commandContext, error));
        return line;
    }

    private static int onWrongUse(CommandContext commandContext, ParameterException error) {
        if (known(error).isPresent()) {
            return onError(commandContext.console(), error);
        }
        StringBuilder text = new StringBuilder("muster: error: ").append(problem(error, commandContext.arguments()));
        CommandLine command = error.getCommandLine();
        if (error instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = Suggestions.of(unmatched, commandContext.arguments());
            if (!suggestions.isEmpty()) {
                text.append("; did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append("?");
            }
        }
        configured(commandContext, error.getArgSpec())
                .ifPresent(place ->
                        text.append("; it comes from the configuration, ").append(place));
        text.append("; see ").append(help(command));
        commandContext.console().line(text.toString());
        return ExitCodes.USAGE;
    }

    /** Place in the configuration of an option's value that was not given as an argument. */
    private static Optional<String> configured(CommandContext commandContext, ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return Optional.empty();
        }
        boolean given = commandContext.arguments().stream()
                .anyMatch(text -> List.of(option.names()).contains(text.replaceFirst("=.*", "")));
        return given ? Optional.empty() : ConfigDefaults.place(commandContext.config(), option);
    }

    /** Sentence about an option's value, with its place in the configuration if it was not given as an argument. */
    private static String placed(CommandContext commandContext, CommandLine command, String text) {
        return command.getCommandSpec().options().stream()
                .filter(option -> text.split("[: ]", 2)[0].equals(option.longestName()))
                .findFirst()
                .flatMap(option -> configured(commandContext, option))
                .map(place -> text + "; it comes from the configuration, " + place)
                .orElse(text);
    }

    private static int onError(Console console, Throwable error) {
        return onError(console, error, text -> text);
    }

    private static int onError(Console console, Throwable error, UnaryOperator<String> placed) {
        Optional<UserException> known = known(error);
        if (known.isPresent()) {
            console.line("muster: error: " + placed.apply(known.get().getMessage()));
            if (!known.get().advice().isEmpty()) {
                console.line("muster: " + known.get().advice());
            }
            Logging.debug("cause", error);
            return known.get().exitCode();
        }
        Logging.debug("defect", error);
        console.line("muster: error: " + error
                + "; this is a defect of muster: please report it with the output of --debug");
        return ExitCodes.FAILED;
    }

    /** The error that is meant for users, even if the parser has wrapped it. */
    private static Optional<UserException> known(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserException found) {
                return Optional.of(found);
            } else if (cause instanceof ConfigException wrong) {
                return Optional.of(new UserException(ExitCodes.USAGE, Configuration.oneLine(wrong), wrong));
            } else if (cause instanceof AwsSettingsException wrong) {
                return Optional.of(new UserException(ExitCodes.USAGE, wrong.getMessage(), wrong));
            }
        }
        return Optional.empty();
    }

    private static int onFullStdout(Console console, String reason) {
        console.line("muster: error: cannot write to stdout: " + reason);
        return ExitCodes.FAILED;
    }

    /** Describes the error without the values of unknown options: they may be secrets. */
    private static String problem(ParameterException error, List<String> arguments) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-") && !Suggestions.isValue(first, arguments)
                    ? "unknown option " + first.replaceFirst("=.*", "")
                    : "unexpected argument " + first;
        }
        if (error instanceof MissingParameterException missing
                && missing.getMissing().get(0) instanceof OptionSpec option) {
            return option.longestName() + " has no value: give " + remedy(option);
        } else if (error.getArgSpec() != null && error.getValue() != null) {
            ArgSpec argument = error.getArgSpec();
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            return name + " is " + error.getValue() + ": give " + remedy(argument);
        }
        return lowerCaseFirst(
                String.valueOf(error.getMessage()).lines().findFirst().orElse(""));
    }

    private static String help(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return name.replaceFirst("^muster", Matcher.quoteReplacement(CommandContext.program())) + " --help";
    }

    /** Names the values that an option or argument takes. */
    private static String remedy(ArgSpec argument) {
        Class<?> type = argument.isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
        if (type.isEnum()) {
            List<String> values = Arrays.stream(type.getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .toList();
            int last = values.size() - 1;
            return String.join(", ", values.subList(0, last)) + " or " + values.get(last);
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        return argument.paramLabel();
    }

    /** Begins in lower case, as the other messages do; an option's name stays as it is. */
    private static String lowerCaseFirst(String message) {
        return message.isEmpty() ? message : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    /** Flushes what a command has printed and reports whether all of it could be written. */
    public static boolean printed(PrintWriter out) {
        return Stdout.problem(out).isEmpty();
    }
}
