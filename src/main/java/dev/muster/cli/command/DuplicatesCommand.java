package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.RowProgress;
import dev.muster.cli.option.ReadingOptions;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.ObjectSource;
import dev.muster.cli.run.ReportDestination;
import dev.muster.inventory.compare.DuplicateFormat;
import dev.muster.inventory.compare.DuplicateSearch;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds objects that are there several times. */
@Command(
        name = "duplicates",
        description = {
            "Finds current objects of equal ETag and size, and the bytes that could be saved.",
            "Equal is likely, not certain: the ETag of an object that was uploaded in parts (it ends in -N) or encrypted with a"
                    + " key of KMS is no hash of its content. Compare the contents before you delete anything."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster duplicates s3://photos",
            "  muster duplicates inventory/manifest.json --format csv --output copies.csv"
        })
final class DuplicatesCommand extends ReadingCommand {
    @Parameters(
            paramLabel = "SOURCE",
            description = "a bucket, s3://bucket/prefix, the manifest.json of an inventory, or its directory")
    String source;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text for a summary, jsonl or csv for a line per object (default: text)")
    DuplicateFormat format = DuplicateFormat.TEXT;

    @Mixin
    ReadingOptions reading;

    DuplicatesCommand(CommandContext commandContext) {
        super(commandContext);
    }

    @Override
    ReadingOptions reading() {
        return reading;
    }

    @Override
    List<String> sources() {
        return List.of(source);
    }

    @Override
    int read(ReportDestination destination, RowProgress progress) throws IOException {
        DuplicateSearch search = new DuplicateSearch();
        try (ObjectSource objects = open(source, false)) {
            destination.write(
                    "the duplicates",
                    out -> format.write(out, sink -> search.run(objects.cursor(progress), sink), search));
            progress.end();
            return outcome(search, objects);
        }
    }

    private int outcome(DuplicateSearch search, ObjectSource objects) {
        if (search.copies() > 0 && !reading.console.quiet) {
            commandContext
                    .console()
                    .line("muster: equal ETags are a hint, not a proof: those of uploads in parts ("
                            + search.multipart()
                            + " of the copies here) and of objects encrypted with KMS keys are no content hash");
        }
        if (!objects.complete()) {
            commandContext
                    .console()
                    .line("muster: incomplete: " + objects.place() + " is of a run that could not list everything");
        }
        if (search.unknown() > 0) {
            commandContext
                    .console()
                    .line("muster: incomplete: " + search.unknown()
                            + " objects were left out, as their size or ETag is not known");
        }
        return objects.complete() && search.unknown() == 0 ? ExitCodes.COMPLETE : ExitCodes.INCOMPLETE;
    }
}
