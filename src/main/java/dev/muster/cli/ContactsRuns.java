package dev.muster.cli;

import com.typesafe.config.Config;
import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.output.FailureLines;
import dev.muster.engine.ConfigSection;
import dev.muster.engine.RunEnd;
import dev.muster.report.ReportFile;
import dev.muster.report.ReportFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the commands about contacts share. */
final class ContactsRuns {
    private ContactsRuns() {}

    static Duration timeout(Config config) {
        return ConfigSection.of(config, "muster.contacts")
                .duration("timeout", Duration.ofMillis(1), Duration.ofDays(1));
    }

    /**
     * Tells before a run whether its files could be written.
     *
     * @throws UserException if not, or if they are one
     */
    static void check(Optional<ReportFile> output, Optional<ReportFile> errors) {
        try {
            output.ifPresent(ReportFile::check);
            errors.ifPresent(ReportFile::check);
            if (output.isPresent() && errors.isPresent() && output.get().isSameAs(errors.get())) {
                throw new UserException(
                        ExitCodes.USAGE, "--output and --errors are the same file: give a file for each");
            }
        } catch (ReportFileException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    /** Writes to the file, or to stdout without one. */
    static void write(Optional<Path> file, PrintWriter stdout, ReportFile.Content content) {
        try {
            if (file.isPresent()) {
                new ReportFile(file.get()).write(content);
                return;
            }
            print(stdout, content, "cannot write to stdout", "; give a file with --output");
        } catch (ReportFileException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        }
    }

    /**
     * Writes to stdout.
     *
     * @param problem what is said before the reason where it takes no more
     * @param remedy what is said after the reason
     */
    static void print(PrintWriter stdout, ReportFile.Content content, String problem, String remedy) {
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
    static int cameToNothing(Talk talk, List<ContactFailure> failures) {
        failures.forEach(failure -> talk.line("muster: error: " + FailureLines.sentence(failure)));
        return ExitCodes.FAILED;
    }

    /** Names on stderr what was given up. */
    static void tell(Talk talk, List<ContactFailure> failures) {
        failures.forEach(failure -> talk.line("muster: incomplete: " + FailureLines.sentence(failure)));
    }

    static int exitCode(RunEnd end, boolean complete) {
        if (end instanceof RunEnd.Interrupted) {
            return ExitCodes.INTERRUPTED;
        } else if (end instanceof RunEnd.Halted) {
            return ExitCodes.FAILED;
        }
        return complete ? ExitCodes.COMPLETE : ExitCodes.INCOMPLETE;
    }
}
