package dev.muster.cli.run;

import com.typesafe.config.Config;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.cli.console.Stdout;
import dev.muster.config.ConfigSection;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.output.FailureLines;
import dev.muster.engine.RunEnd;
import dev.muster.output.OutputFile;
import dev.muster.output.OutputFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the commands about contacts share. */
public final class ContactsRuns {
    private ContactsRuns() {}

    public static Duration timeout(Config config) {
        return ConfigSection.of(config, "muster.contacts")
                .duration("timeout", Duration.ofMillis(1), Duration.ofDays(1));
    }

    /**
     * Tells before a run whether its files could be written.
     *
     * @throws UserException if not, or if they are one
     */
    public static void check(Optional<OutputFile> output, Optional<OutputFile> errors) {
        try {
            output.ifPresent(OutputFile::check);
            errors.ifPresent(OutputFile::check);
            if (output.isPresent() && errors.isPresent() && output.get().isSameAs(errors.get())) {
                throw new UserException(
                        ExitCodes.USAGE, "--output and --errors are the same file: give a file for each");
            }
        } catch (OutputFileException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    /** Writes to the file, or to stdout without one. */
    public static void write(Optional<Path> file, PrintWriter stdout, OutputFile.Content content) {
        try {
            if (file.isPresent()) {
                new OutputFile(file.get()).write(content);
                return;
            }
            print(stdout, content, "cannot write to stdout", "; give a file with --output");
        } catch (OutputFileException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        }
    }

    /**
     * Writes to stdout.
     *
     * @param problem what is said before the reason where it takes no more
     * @param remedy what is said after the reason
     */
    public static void print(PrintWriter stdout, OutputFile.Content content, String problem, String remedy) {
        try {
            content.writeTo(stdout);
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        }
        Optional<String> reason = Stdout.problem(stdout);
        if (reason.isPresent()) {
            throw new UserException(ExitCodes.FAILED, problem + ": " + reason.get() + remedy);
        }
    }

    /** Names on stderr why not even the organization could be found, without which nothing else could be asked. */
    public static int cameToNothing(Console console, List<ContactFailure> failures) {
        failures.forEach(failure -> console.line("muster: error: " + FailureLines.sentence(failure)));
        return ExitCodes.FAILED;
    }

    /** Names on stderr what was given up. */
    public static void tell(Console console, List<ContactFailure> failures) {
        failures.forEach(failure -> console.line("muster: incomplete: " + FailureLines.sentence(failure)));
    }

    public static int exitCode(RunEnd end, boolean complete) {
        if (end instanceof RunEnd.Interrupted) {
            return ExitCodes.INTERRUPTED;
        } else if (end instanceof RunEnd.Halted) {
            return ExitCodes.FAILED;
        }
        return complete ? ExitCodes.COMPLETE : ExitCodes.INCOMPLETE;
    }
}
