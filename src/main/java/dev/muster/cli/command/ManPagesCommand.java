package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.usage.ManPage;
import dev.muster.cli.usage.VisibleCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the manual pages of all commands, for packaging. */
@Command(
        name = "man-pages",
        hidden = true,
        description = "Writes the manual page of each command into a directory, in roff.",
        sortOptions = false)
final class ManPagesCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIRECTORY",
            description = "directory that is there, for muster.1, muster-audit.1 and so on")
    Path directory;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        for (VisibleCommand command : VisibleCommand.all(spec.parent().commandLine())) {
            Path file = directory.resolve(ManPage.name(command) + ".1");
            try {
                Files.writeString(file, ManPage.of(command));
            } catch (IOException e) {
                throw new UserException(
                        ExitCodes.FAILED,
                        "cannot write the manual page " + file + ": " + e + "; check the directory",
                        e);
            }
        }
        return ExitCodes.COMPLETE;
    }
}
