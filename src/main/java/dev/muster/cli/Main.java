package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String[] given) {
        List<String> arguments = LegacySpelling.modernize(given);
        Talk talk = Talk.onStderr();
        Logging.set(talk, arguments.contains("--debug"));
        try {
            Config config = Configuration.load(arguments);
            return commandLine(config, talk, arguments).execute(arguments.toArray(String[]::new));
        } catch (UserException e) {
            return tell(talk, e);
        }
    }

    private static CommandLine commandLine(Config config, Talk talk, List<String> arguments) {
        Invocation invocation = new Invocation(config, talk, arguments);
        CommandLine line = new CommandLine(new MusterCommand(invocation));
        line.addSubcommand(new AuditCommand(invocation));
        line.addSubcommand(
                new CommandLine(new EventsCommand(invocation)).addSubcommand(new BackfillCommand(invocation)));
        line.addSubcommand(
                new CommandLine(new ContactsCommand(invocation)).addSubcommand(new ContactsSetCommand(invocation)));
        line.addSubcommand(new DemoCommand(invocation));
        line.addSubcommand(new ProveCommand(invocation));
        line.setOut(new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8)));
        line.setDefaultValueProvider(new ConfigDefaults(config));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setExecutionExceptionHandler((error, command, parsed) -> onError(talk, error));
        line.setParameterExceptionHandler((error, args) -> onWrongUse(talk, error));
        return line;
    }

    private static int onWrongUse(Talk talk, ParameterException error) {
        StringBuilder text = new StringBuilder("muster: error: ").append(firstLine(error.getMessage()));
        CommandLine command = error.getCommandLine();
        if (error instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                text.append("; did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append("?");
            }
        }
        text.append("; see ").append(command.getCommandSpec().qualifiedName()).append(" --help");
        talk.line(text.toString());
        return ExitCodes.USAGE;
    }

    private static int onError(Talk talk, Exception error) {
        if (error instanceof UserException known) {
            return tell(talk, known);
        }
        Logging.LOG.debug("defect", error);
        talk.line("muster: error: " + error
                + "; this is a defect of muster: please report it with the output of --debug");
        return ExitCodes.FAILED;
    }

    private static int tell(Talk talk, UserException error) {
        talk.line("muster: error: " + error.getMessage());
        Logging.LOG.debug("cause", error);
        return error.exitCode();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /** Flushes what a command has printed and reports whether all of it could be written. */
    static boolean printed(PrintWriter out) {
        out.flush();
        return !out.checkError();
    }
}
