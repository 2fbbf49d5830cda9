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
import dev.muster.store.PrivateFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Steps that the commands about contacts share. */
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
    public static void check(Optional<Path> output, Optional<Path> errors) {
        try {
            output.map(ContactsRuns::file).ifPresent(OutputFile::check);
            errors.map(ContactsRuns::file).ifPresent(OutputFile::check);
            if (output.isPresent() && errors.isPresent() && file(output.get()).isSameAs(file(errors.get()))) {
                throw new UserException(
                        ExitCodes.USAGE, "--output and --errors are the same file: give a file for each");
            }
        } catch (OutputFileException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    /** Writes to the file, or to stdout without one; a reader of stdout that has seen enough is no failure. */
    public static void write(Optional<Path> file, PrintWriter stdout, OutputFile.Content content) {
        try {
            if (file.isPresent()) {
                file(file.get()).write(content);
                return;
            }
            content.writeTo(stdout);
            requirePrinted(stdout, "cannot write to stdout", "; give a file with --output");
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        } catch (OutputFileException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        }
    }

    /**
     * Requires that all that was printed could be written.
     *
     * @param problem is said before the reason
     * @param remedy is said after the reason
     */
    public static void requirePrinted(PrintWriter stdout, String problem, String remedy) {
        Optional<String> reason = Stdout.problem(stdout);
        if (reason.isPresent()) {
            throw new UserException(ExitCodes.FAILED, problem + ": " + reason.get() + remedy);
        }
    }

    /** Names on stderr why nothing at all could be found. */
    public static int cameToNothing(Console console, List<ContactFailure> failures) {
        FailureLines.sentences(failures, "").forEach(line -> console.line("muster: error: " + line));
        return ExitCodes.FAILED;
    }

    /**
     * Names on stderr what was given up, each cause once.
     *
     * @param rest says where to find those that are not named; may be empty
     */
    public static void tell(Console console, List<ContactFailure> failures, String rest) {
        FailureLines.sentences(failures, rest).forEach(line -> console.line("muster: incomplete: " + line));
    }

    /** A file with personal data, for its owner only. */
    private static OutputFile file(Path path) {
        return new OutputFile(path, PrivateFiles.file());
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
