package dev.muster.cli.run;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Stdout;
import dev.muster.output.OutputFile;
import dev.muster.output.OutputFile.OutputFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;

/** Destination of a command's report: a file, or stdout if none is given. */
public final class ReportDestination {
    private final Optional<OutputFile> file;
    private final PrintWriter stdout;

    /** @param attributes of a new file, such as permissions for its owner only */
    public ReportDestination(Optional<Path> file, PrintWriter stdout, FileAttribute<?>... attributes) {
        this.file = file.map(path -> new OutputFile(path, attributes));
        this.stdout = stdout;
    }

    /**
     * Checks before a run that its file could be written.
     *
     * @throws UserException if it could not
     */
    public void check() {
        try {
            file.ifPresent(OutputFile::check);
        } catch (OutputFileException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    /** Tells whether both are the same file, whatever the paths. */
    public boolean isSameAs(ReportDestination other) {
        return file.isPresent() && other.file.isPresent() && file.get().isSameAs(other.file.get());
    }

    /**
     * Writes the report; a reader of stdout that has seen enough is no failure.
     *
     * @param name the name of the content in messages, such as {@code the report}
     */
    public void write(String name, OutputFile.Content content) {
        try {
            if (file.isPresent()) {
                file.get().write(content);
                return;
            }
            content.writeTo(stdout);
        } catch (OutputFileException | IOException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        }
        requirePrinted(stdout, "cannot write " + name + " to stdout", "; give a file with --output");
    }

    /**
     * Requires that all that was printed could be written.
     *
     * @param problem beginning of the message, before the reason
     * @param remedy end of the message, after the reason
     */
    public static void requirePrinted(PrintWriter stdout, String problem, String remedy) {
        Optional<String> reason = Stdout.problem(stdout);
        if (reason.isPresent()) {
            throw new UserException(ExitCodes.FAILED, problem + ": " + reason.get() + remedy);
        }
    }
}
