package dev.muster.cli.command;

import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.RowProgress;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
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
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SOURCE",
            arity = "2",
            description =
                    "left and right: a bucket, s3://bucket/prefix, the manifest.json of an inventory, or its directory")
    List<String> sources;

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

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "where to write the differences (default: stdout, also -)")
    Path output;

    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 9)
    AwsOptions aws = new AwsOptions();

    @Mixin
    ConsoleOptions console;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    CompareCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() {
        Optional<Path> file =
                Optional.ofNullable(output).filter(path -> !path.toString().equals("-"));
        ReportDestination destination =
                new ReportDestination(file, spec.commandLine().getOut());
        destination.check();
        RowProgress progress = new RowProgress(commandContext.console(), console.showsProgress());
        try (ObjectSource left = ObjectSource.open(sources.get(0), true, this::clients);
                ObjectSource right = ObjectSource.open(sources.get(1), true, this::clients)) {
            Comparator<InventoryRow> order =
                    left.oneBucket() && right.oneBucket() ? RowOrder.KEY : RowOrder.BUCKET_AND_KEY;
            Comparison comparison = new Comparison(order, fields);
            try (RowCursor a = left.byKey(order, progress);
                    RowCursor b = right.byKey(order, progress)) {
                destination.write(
                        "the differences", out -> format.write(out, sink -> comparison.run(a, b, sink), comparison));
            }
            progress.end();
            return outcome(comparison, left, right);
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        } finally {
            progress.end();
        }
    }

    private AwsClients clients() {
        return new AwsClients(aws.settings(commandContext.config(), commandContext.aws(), 2));
    }

    private int outcome(Comparison comparison, ObjectSource left, ObjectSource right) {
        if (format != DifferenceFormat.TEXT && !console.quiet) {
            commandContext.console().line("muster: " + DifferenceFormat.sentence(comparison));
        }
        boolean complete = true;
        for (ObjectSource source : List.of(left, right)) {
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
