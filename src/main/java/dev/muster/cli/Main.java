package dev.muster.cli;

import com.typesafe.config.ConfigException;
import dev.muster.aws.AwsSettingsException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the command line. */
public final class Main {
    /** The parser's list of a type's values, which are accepted in any case, and are lower case in the help. */
    private static final Pattern VALUES = Pattern.compile("expected one of \\[[A-Z_, ]+]");

    private Main() {}

    public static void main(String[] arguments) {
        Stdout stdout = new Stdout(new FileOutputStream(FileDescriptor.out));
        System.exit(run(arguments, System.getenv(), stdout, Talk.onStderr()));
    }

    /** Runs one command to its end and returns the process's exit code. */
    static int run(String[] given, Map<String, String> environment, PrintWriter stdout, Talk talk) {
        List<String> arguments = LegacySpelling.modernize(given);
        Logging.set(talk, arguments.contains("--debug"));
        Invocation invocation = Invocation.of(arguments, environment, talk);
        try {
            requireText(arguments);
            if (needsConfiguration(arguments)) {
                var unused = invocation.config(); // the parser would tell what is wrong with it by a trace of its own
            }
            int code = commandLine(invocation, stdout).execute(arguments.toArray(String[]::new));
            Optional<String> problem = code == ExitCodes.COMPLETE ? Stdout.problem(stdout) : Optional.empty();
            return problem.map(reason -> onFullStdout(talk, reason)).orElse(code);
        } catch (RuntimeException e) {
            return onError(talk, e);
        }
    }

    /** All commands do but the demo; help and version are to be had whatever is in it. */
    private static boolean needsConfiguration(List<String> arguments) {
        return !arguments.isEmpty()
                && !arguments.get(0).equals("demo")
                && arguments.stream().noneMatch(List.of("-h", "--help", "--version")::contains);
    }

    /** What the locale cannot read comes as U+FFFD: a prefix of such characters would count nothing and call it complete. */
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
     * The command that the arguments begin with, or else all of them, with the defaults of the configuration. To describe
     * a command takes a moment that a call of another one need not wait for. To attach takes them all: any may have
     * submitted the run.
     */
    static CommandLine commandLine(Invocation invocation, PrintWriter stdout) {
        Talk talk = invocation.talk();
        CommandLine line = new CommandLine(new MusterCommand(invocation));
        Map<String, Supplier<CommandLine>> commands = commands(invocation);
        String first = invocation.arguments().stream().findFirst().orElse("");
        boolean alone = commands.containsKey(first) && !first.equals("attach");
        commands.forEach((name, command) -> {
            if (!alone || name.equals(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        line.setOut(stdout);
        line.setDefaultValueProvider(new ConfigDefaults(invocation::config));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setExpandAtFiles(false); // a prefix may begin with @
        line.setExecutionExceptionHandler(
                (error, command, parsed) -> onError(talk, error, text -> placed(invocation, command, text)));
        line.setParameterExceptionHandler((error, args) -> onWrongUse(invocation, error));
        return line;
    }

    private static Map<String, Supplier<CommandLine>> commands(Invocation invocation) {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("audit", () -> new CommandLine(new AuditCommand(invocation)));
        commands.put("events", () -> new CommandLine(new EventsCommand(invocation))
                .addSubcommand(new BackfillCommand(invocation)));
        commands.put("contacts", () -> new CommandLine(new ContactsCommand(invocation))
                .addSubcommand(new ContactsSetCommand(invocation)));
        commands.put("demo", () -> new CommandLine(new DemoCommand(invocation)));
        commands.put("prove", () -> new CommandLine(new ProveCommand(invocation)));
        commands.put("node", () -> new CommandLine(new NodeCommand(invocation)));
        commands.put("cluster", () -> new CommandLine(new ClusterCommand(invocation))
                .addSubcommand(new ClusterStatusCommand(invocation))
                .addSubcommand(new ClusterCancelCommand(invocation)));
        commands.put("attach", () -> new CommandLine(new AttachCommand(invocation)));
        return commands;
    }

    private static int onWrongUse(Invocation invocation, ParameterException error) {
        if (known(error).isPresent()) {
            return onError(invocation.talk(), error);
        }
        StringBuilder text = new StringBuilder("muster: error: ").append(problem(error));
        CommandLine command = error.getCommandLine();
        if (error instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = Suggestions.of(unmatched);
            if (!suggestions.isEmpty()) {
                text.append("; did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append("?");
            }
        }
        configured(invocation, error.getArgSpec()).ifPresent(place -> text.append("; it comes from the configuration, ")
                .append(place));
        text.append("; see ").append(command.getCommandSpec().qualifiedName()).append(" --help");
        invocation.talk().line(text.toString());
        return ExitCodes.USAGE;
    }

    /** Where in the configuration an option's value comes from that nobody gave as an argument. */
    private static Optional<String> configured(Invocation invocation, ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return Optional.empty();
        }
        boolean given = invocation.arguments().stream()
                .anyMatch(text -> List.of(option.names()).contains(text.replaceFirst("=.*", "")));
        return given ? Optional.empty() : ConfigDefaults.place(invocation.config(), option);
    }

    /** What is said of an option's value, with where it stands in the configuration if nobody gave it as an argument. */
    private static String placed(Invocation invocation, CommandLine command, String text) {
        return command.getCommandSpec().options().stream()
                .filter(option -> text.split("[: ]", 2)[0].equals(option.longestName()))
                .findFirst()
                .flatMap(option -> configured(invocation, option))
                .map(place -> text + "; it comes from the configuration, " + place)
                .orElse(text);
    }

    private static int onError(Talk talk, Throwable error) {
        return onError(talk, error, text -> text);
    }

    private static int onError(Talk talk, Throwable error, UnaryOperator<String> placed) {
        Optional<UserException> known = known(error);
        if (known.isPresent()) {
            talk.line("muster: error: " + placed.apply(known.get().getMessage()));
            if (!known.get().advice().isEmpty()) {
                talk.line("muster: " + known.get().advice());
            }
            Logging.debug("cause", error);
            return known.get().exitCode();
        }
        Logging.debug("defect", error);
        talk.line("muster: error: " + error
                + "; this is a defect of muster: please report it with the output of --debug");
        return ExitCodes.FAILED;
    }

    /** The error that is meant for people, where the parser has wrapped it in its own. */
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

    private static int onFullStdout(Talk talk, String reason) {
        talk.line("muster: error: cannot write to stdout: " + reason);
        return ExitCodes.FAILED;
    }

    /** What is wrong, without the values of unknown options: they may be secrets. */
    private static String problem(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-")
                    ? "unknown option " + first.replaceFirst("=.*", "")
                    : "unexpected argument " + first;
        }
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        return VALUES.matcher(lowerCaseFirst(message))
                .replaceAll(match -> Matcher.quoteReplacement(match.group().toLowerCase(Locale.ROOT)));
    }

    /** As the other messages begin; an option's name stays as it is. */
    private static String lowerCaseFirst(String message) {
        return message.isEmpty() ? message : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    /** Flushes what a command has printed and reports whether all of it could be written. */
    static boolean printed(PrintWriter out) {
        return Stdout.problem(out).isEmpty();
    }
}
