package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.ReportDestination;
import dev.muster.report.SavedFormat;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedReportReader;
import dev.muster.report.saved.UnreadableReportException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the report of an audit in another form. */
@Command(
        name = "report",
        description = {
            "Makes a page for a browser of a report that muster audit --format json wrote: one file, which needs no network.",
            "With --format ncdu: what the disk usage browsers ncdu and gdu open."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster report audit.json --output report.html",
            "  muster report audit.json --format ncdu | ncdu -f -"
        })
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REPORT", description = "a file that muster audit --format json wrote")
    Path report;

    @Option(names = "--format", paramLabel = "FORMAT", description = "html or ncdu (default: ${DEFAULT-VALUE})")
    SavedFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "where to write it (default: stdout, also -)")
    Path output;

    @Mixin
    ConsoleOptions console;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    ReportCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    /** An incomplete report is shown as such; the code says so too. */
    @Override
    public Integer call() {
        Optional<Path> file =
                Optional.ofNullable(output).filter(path -> !path.toString().equals("-"));
        ReportDestination destination =
                new ReportDestination(file, spec.commandLine().getOut());
        destination.check();
        SavedReport saved = read();
        destination.write("the report", out -> format.write(saved, out));
        if (file.isPresent() && !console.quiet) {
            commandContext.console().line("muster: wrote " + file.get());
        }
        return saved.complete() ? ExitCodes.COMPLETE : ExitCodes.INCOMPLETE;
    }

    private SavedReport read() {
        try {
            return SavedReportReader.read(report);
        } catch (UnreadableReportException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }
}
