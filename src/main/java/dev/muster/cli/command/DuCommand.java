package dev.muster.cli.command;

import dev.muster.audit.TopListSettings;
import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.cli.run.CommandContext;
import dev.muster.report.AuditReport;
import dev.muster.report.PrefixReport;
import dev.muster.report.ReportOptions;
import java.io.IOException;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Reports where the bytes of buckets are. */
@Command(
        name = "du",
        description = "Prints the totals per prefix of a bucket, or of several: where the bytes are.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster du s3://logs",
            "  muster du s3://logs/2024/ --depth 2 --min-share 1%%",
            "  muster du s3://logs -d 3 --top 5 --sort objects --format json"
        })
public final class DuCommand extends CountingCommand {
    /** The options that no other group has. */
    static final class Counted {
        @Option(names = "--uploads", fallbackValue = "true", description = "count incomplete multipart uploads")
        boolean uploads;
    }

    @ArgGroup(validate = false, heading = "%nWhat to count:%n", order = 2)
    Counted counted = new Counted();

    DuCommand(CommandContext commandContext) {
        super(commandContext);
    }

    @Override
    void validateOwn(ParseResult given) {}

    @Override
    boolean ofPrefixes() {
        return true;
    }

    @Override
    boolean uploads() {
        return counted.uploads;
    }

    @Override
    TopListSettings lists(BreakdownSettings tables) {
        return new TopListSettings(Set.of(), 0, tables, false);
    }

    @Override
    ReportOptions reportOptions() {
        return new ReportOptions(
                Set.of(),
                0,
                false,
                format.unit(),
                source.versions,
                counted.uploads,
                format.width(),
                filter.filter(),
                breakdown.view());
    }

    @Override
    void write(AuditReport report, Appendable out) throws IOException {
        new PrefixReport(report).write(format.format, out);
    }
}
