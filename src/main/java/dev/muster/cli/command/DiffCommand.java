package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.Console;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.console.Stdout;
import dev.muster.cli.option.CheckOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.run.CheckedResult;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.ReportDestination;
import dev.muster.output.SizeUnit;
import dev.muster.output.check.Check;
import dev.muster.output.check.Unit;
import dev.muster.output.html.TablePage.Curve.Point;
import dev.muster.report.check.DiffMetrics;
import dev.muster.report.diff.DiffFormat;
import dev.muster.report.diff.DiffOptions;
import dev.muster.report.diff.ReportDiff;
import dev.muster.report.saved.ReportHistory;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedReportReader;
import dev.muster.report.saved.UnreadableReportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two reports of audits. */
@Command(
        name = "diff",
        description = {
            "Tells what has changed between two reports of muster audit --format json: bytes and objects by bucket, storage"
                    + " class and account, new and vanished buckets, growth per day.",
            "Of a directory that muster audit --history fills, the last two complete reports are compared."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster diff march.json april.json",
            "  muster diff /var/lib/muster/history --limit 10TB",
            "  muster diff /var/lib/muster/history --output changes.html",
            "  muster diff history --format json --fail-if 'bytes_change_percent > 20'"
        })
final class DiffCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REPORT",
            arity = "1..2",
            description = "the earlier report and the later one, or a directory of reports")
    List<Path> reports;

    @Option(
            names = "--limit",
            paramLabel = "SIZE",
            description = "tell when the total will reach so many bytes at this pace, such as 10TB")
    String limit = "";

    @Option(
            names = "--allow-incomplete",
            fallbackValue = "true",
            description = "compare incomplete reports too; the result says so, and the exit code is 3")
    boolean allowIncomplete;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "rows of a table in text, those with the largest changes (default: ${DEFAULT-VALUE})")
    int rows;

    @Option(
            names = "--sizeunit",
            paramLabel = "UNIT",
            description = "unit of sizes in text: bytes, KB, MB, GB, TB or auto (default: auto)")
    SizeUnit sizeUnit = SizeUnit.AUTO;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, json or html (default: ${DEFAULT-VALUE}; html if FILE ends in .html)")
    DiffFormat format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "where to write the result (default: stdout, also -)")
    Path output;

    @Mixin
    CheckOptions failIf;

    @Mixin
    ConsoleOptions console;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    DiffCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        List<Check<ReportDiff>> checks = failIf.of(DiffMetrics.ALL);
        boolean page = file().filter(path -> path.toString().endsWith(".html")).isPresent();
        if (page && !spec.commandLine().getParseResult().hasMatchedOption("--format")) {
            format = DiffFormat.HTML;
        }
        Long limitBytes = limitBytes();
        if (rows < 1) {
            throw new UserException(ExitCodes.USAGE, "--rows is " + rows + ": give a number from 1 on");
        }
        ReportDestination destination =
                new ReportDestination(file(), spec.commandLine().getOut());
        destination.check();
        ReportDiff diff = diff();
        DiffOptions options = new DiffOptions(
                limitBytes,
                rows,
                sizeUnit,
                file().isEmpty() && Stdout.isTerminal() ? Console.width() : Integer.MAX_VALUE,
                format == DiffFormat.HTML && reports.size() == 1 ? curve(reports.get(0)) : List.of());
        destination.write("the result", out -> format.write(diff, options, out));
        int code = diff.complete() ? ExitCodes.COMPLETE : ExitCodes.INCOMPLETE;
        return CheckedResult.of(code, diff, checks, commandContext.console());
    }

    private ReportDiff diff() {
        try {
            boolean directory = reports.size() == 1;
            List<SavedReport> pair = directory ? latest(reports.get(0)) : pair();
            return ReportDiff.of(pair.get(0), pair.get(1));
        } catch (UnreadableReportException | IllegalArgumentException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    private List<SavedReport> pair() {
        List<SavedReport> pair = new ArrayList<>();
        for (Path path : reports) {
            SavedReport report = SavedReportReader.read(path);
            if (!report.complete() && !allowIncomplete) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "the report " + path + " is incomplete: " + report.gap()
                                + "; --allow-incomplete compares it all the same");
            }
            pair.add(report);
        }
        return pair;
    }

    /** The last two reports of a directory, without the incomplete ones, which are named. */
    private List<SavedReport> latest(Path directory) {
        if (Files.isRegularFile(directory)) {
            throw new UserException(
                    ExitCodes.USAGE,
                    directory + " is a single report: give an earlier and a later one, or a directory");
        }
        List<SavedReport> latest = new ArrayList<>();
        for (Path file : newestFirst(directory)) {
            SavedReport report = SavedReportReader.read(file);
            if (report.complete() || allowIncomplete) {
                latest.add(0, report);
            } else {
                commandContext
                        .console()
                        .line("muster: left out " + file + ", which is incomplete: " + report.gap()
                                + "; --allow-incomplete takes it");
            }
            if (latest.size() == 2) {
                return latest;
            }
        }
        throw new UserException(
                ExitCodes.USAGE,
                "there are not two reports in " + directory + " to compare: muster audit --history " + directory
                        + " writes one per run");
    }

    /** Bytes in each run of a directory, without the incomplete ones. */
    private List<Point> curve(Path directory) {
        List<Point> curve = new ArrayList<>();
        try {
            for (Path file : newestFirst(directory)) {
                SavedReport report = SavedReportReader.read(file);
                if ((report.complete() || allowIncomplete) && report.total().bytes() != null) {
                    curve.add(0, new Point(report.startedAt(), report.total().bytes()));
                }
            }
        } catch (UnreadableReportException e) {
            throw new UserException(ExitCodes.USAGE, e.getMessage(), e);
        }
        return curve;
    }

    private static List<Path> newestFirst(Path directory) {
        try {
            List<Path> files = new ArrayList<>(new ReportHistory(directory).files());
            Collections.reverse(files);
            return files;
        } catch (IOException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "cannot read the directory " + directory + ": " + FileErrors.reason(e)
                            + "; give two reports, or a directory of reports",
                    e);
        }
    }

    private Long limitBytes() {
        if (limit.isEmpty()) {
            return null;
        }
        return Unit.bytes(limit)
                .orElseThrow(() -> new UserException(
                        ExitCodes.USAGE, "--limit is " + limit + ": give a size such as 500GB or 10TB"));
    }

    private Optional<Path> file() {
        return Optional.ofNullable(output).filter(path -> !path.toString().equals("-"));
    }
}
