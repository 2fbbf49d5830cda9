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
import dev.muster.inventory.compare.DuplicateFormat;
import dev.muster.inventory.compare.DuplicateSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class DuplicatesCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SOURCE",
            description = "a bucket, s3://bucket/prefix, the manifest.json of an inventory, or its directory")
    String source;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text for a summary, jsonl or csv for a line per object (default: text)")
    DuplicateFormat format = DuplicateFormat.TEXT;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "where to write the result (default: stdout, also -)")
    Path output;

    @ArgGroup(validate = false, heading = "%nWhose credentials, and where:%n", order = 9)
    AwsOptions aws = new AwsOptions();

    @Mixin
    ConsoleOptions console;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    DuplicatesCommand(CommandContext commandContext) {
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
        DuplicateSearch search = new DuplicateSearch();
        try (ObjectSource objects = ObjectSource.open(source, false, this::clients)) {
            destination.write(
                    "the duplicates",
                    out -> format.write(out, sink -> search.run(objects.cursor(progress), sink), search));
            progress.end();
            return outcome(search, objects);
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        } finally {
            progress.end();
        }
    }

    private AwsClients clients() {
        return new AwsClients(aws.settings(commandContext.config(), commandContext.aws(), 2));
    }

    private int outcome(DuplicateSearch search, ObjectSource objects) {
        if (search.copies() > 0 && !console.quiet) {
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
