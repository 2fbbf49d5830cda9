package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.RowProgress;
import dev.muster.cli.option.ReadingOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.ObjectSource;
import dev.muster.cli.run.ReportDestination;
import dev.muster.inventory.compare.Comparison;
import dev.muster.inventory.compare.Difference;
import dev.muster.inventory.compare.DifferenceFormat;
import dev.muster.inventory.compare.RowCursor;
import dev.muster.inventory.compare.RowOrder;
import dev.muster.inventory.format.InventoryRow;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the objects of two sources. */
@Command(
        name = "compare",
        description = {
            "Compares the objects of two buckets, prefixes or inventories by key: which are on one side only, and which differ.",
            "Keys of s3://bucket/prefix are compared without the prefix. Ends with 4 where there is a difference."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster compare s3://logs s3://logs-copy --fields size,etag",
            "  muster compare old/manifest.json new/manifest.json --format jsonl",
            "  muster compare inventory s3://logs"
        })
final class CompareCommand extends ReadingCommand {
    @Parameters(
            index = "0",
            paramLabel = "LEFT",
            description = "a bucket, s3://bucket/prefix, the manifest.json of an inventory, or its directory")
    String left;

    @Parameters(index = "1", paramLabel = "RIGHT", description = "what it is compared with, in the same notations")
    String right;

    @Option(
            names = "--fields",
            paramLabel = "FIELD",
            split = ",",
            splitSynopsisLabel = ",",
            description = "what is compared of an object on both sides: size, etag, date (default: all)")
    Set<Difference.Field> fields = EnumSet.allOf(Difference.Field.class);

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text for a summary, jsonl or csv for a line per difference (default: text)")
    DifferenceFormat format = DifferenceFormat.TEXT;

    @Mixin
    ReadingOptions reading;

    CompareCommand(CommandContext commandContext) {
        super(commandContext);
    }

    @Override
    ReadingOptions reading() {
        return reading;
    }

    @Override
    List<String> sources() {
        return List.of(left, right);
    }

    @Override
    int read(ReportDestination destination, RowProgress progress) throws IOException {
        try (ObjectSource a = open(left, true);
                ObjectSource b = open(right, true)) {
            Comparator<InventoryRow> order = a.oneBucket() && b.oneBucket() ? RowOrder.KEY : RowOrder.BUCKET_AND_KEY;
            Comparison comparison = new Comparison(order, fields);
            try (RowCursor rowsOfA = a.byKey(order, progress);
                    RowCursor rowsOfB = b.byKey(order, progress)) {
                destination.write(
                        "the differences",
                        out -> format.write(out, sink -> comparison.run(rowsOfA, rowsOfB, sink), comparison));
            }
            progress.end();
            return outcome(comparison, a, b);
        }
    }

    private int outcome(Comparison comparison, ObjectSource a, ObjectSource b) {
        if (format != DifferenceFormat.TEXT && !reading.console.quiet) {
            commandContext.console().line("muster: " + DifferenceFormat.sentence(comparison));
        }
        boolean complete = true;
        for (ObjectSource source : List.of(a, b)) {
            if (!source.complete()) {
                complete = false;
                commandContext
                        .console()
                        .line(
                                "muster: incomplete: " + source.place()
                                        + " is of a run that could not list everything: what it lacks may be there all the same");
            }
        }
        for (Difference.Field field : fields) {
            if (comparison.unknown(field) > 0) {
                complete = false;
                commandContext
                        .console()
                        .line("muster: incomplete: " + comparison.unknown(field) + " objects could not be compared by "
                                + field.label() + ", which one side does not tell; choose others with --fields");
            }
        }
        if (!complete) {
            return ExitCodes.INCOMPLETE;
        }
        return comparison.same() ? ExitCodes.COMPLETE : ExitCodes.CHECK_FAILED;
    }
}
