package dev.muster.cli.option;

import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.inventory.dataset.DatasetFormat;
import dev.muster.inventory.dataset.DatasetStore;
import dev.muster.inventory.dataset.DirectoryStore;
import dev.muster.inventory.dataset.S3Store;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.InventoryFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options of where an inventory goes, and in which form. */
public final class InventoryOptions {
    private static final String STDOUT = "-";
    private static final Pattern S3 = Pattern.compile("[sS]3://([A-Za-z0-9][\\w.-]{1,62})(?:/+(.*?))?/*");

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "the dataset: a directory, or s3://bucket/prefix; on a cluster one that all nodes reach; - prints the rows")
    public String output = "";

    @Option(
            names = "--force",
            fallbackValue = "true",
            description = "replace an inventory that is there, once the new one is complete")
    public boolean force;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "of the data files: parquet, jsonl or csv (default: ${DEFAULT-VALUE})")
    InventoryFormat format = InventoryFormat.PARQUET;

    @Option(
            names = "--compression",
            paramLabel = "NAME",
            description =
                    "of the data files: none, gzip or zstd (default: zstd for parquet, none for --output -, else gzip)")
    InventoryCompression compression;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "only these columns, bucket and key among them (default: all but owner)")
    List<String> columns = List.of();

    @Option(
            names = "--fetch-owner",
            fallbackValue = "true",
            description = "add the owners of objects, which S3 tells only if it is asked")
    boolean fetchOwner;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "also write the report of an audit, as JSON: of the same listing, at no more requests")
    Path report;

    /**
     * Checks what picocli cannot.
     *
     * @param resumed whether an earlier run is to be continued
     * @param onCluster whether the nodes of a cluster write the rows
     */
    public void validate(boolean resumed, boolean onCluster) {
        if (output.isBlank()) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "say with --output where the inventory goes: a directory, s3://bucket/prefix, or - for stdout");
        }
        if (toStdout()) {
            requirePrintable(resumed, onCluster);
        } else if (output.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") && inS3().isEmpty()) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--output: " + output + " is neither a directory nor a place such as s3://bucket/prefix");
        } else if (inS3().isEmpty()) {
            output = Path.of(output).toAbsolutePath().normalize().toString(); // the nodes of a cluster are elsewhere
        }
        var unused = dataFormat();
    }

    private void requirePrintable(boolean resumed, boolean onCluster) {
        if (onCluster) {
            throw unprintable(
                    "the nodes of a cluster write the rows themselves: give s3://bucket/prefix, or a directory that"
                            + " all of them share");
        } else if (resumed) {
            throw unprintable(
                    "a run whose rows are printed cannot be continued: leave out --resume, or give a directory");
        } else if (force) {
            throw unprintable("there is nothing that --force could replace: leave it out");
        } else if (format == InventoryFormat.PARQUET) {
            throw unprintable("Parquet cannot be printed: give --format jsonl or csv");
        }
    }

    private static UserException unprintable(String why) {
        return new UserException(ExitCodes.USAGE, "--output -: " + why);
    }

    /** Tells whether the rows are printed instead of written to a dataset. */
    public boolean toStdout() {
        return output.equals(STDOUT);
    }

    /** The file for an audit's report; empty where none is wanted. */
    public Optional<Path> reportFile() {
        return Optional.ofNullable(report);
    }

    /** The format of the data files. */
    public DatasetFormat dataFormat() {
        return new DatasetFormat(format, compression == null ? usualCompression() : compression, columns());
    }

    private InventoryCompression usualCompression() {
        if (format == InventoryFormat.PARQUET) {
            return InventoryCompression.ZSTD;
        }
        return toStdout() ? InventoryCompression.NONE : InventoryCompression.GZIP;
    }

    private List<InventoryColumn> columns() {
        if (columns.isEmpty()) {
            return Arrays.stream(InventoryColumn.values())
                    .filter(column -> fetchOwner || column != InventoryColumn.OWNER)
                    .toList();
        }
        try {
            List<InventoryColumn> chosen = InventoryColumn.parse(columns);
            if (fetchOwner && !chosen.contains(InventoryColumn.OWNER)) {
                throw new UserException(
                        ExitCodes.USAGE, "--fetch-owner has no effect without owner among the --columns: leave it out");
            }
            return chosen;
        } catch (IllegalArgumentException e) {
            throw new UserException(ExitCodes.USAGE, "--columns: " + e.getMessage(), e);
        }
    }

    /** The place of the dataset. */
    public DatasetStore store(AwsClients clients) {
        return inS3().<DatasetStore>map(place -> new S3Store(clients, place.bucket(), place.prefix()))
                .orElseGet(() -> new DirectoryStore(Path.of(output)));
    }

    /**
     * Place in S3.
     *
     * @param prefix without a slash at its end
     */
    public record DatasetPlace(String bucket, String prefix) {
        /** Beginning of the keys of all that is written. */
        public String below() {
            return prefix.isEmpty() ? "" : prefix + "/";
        }
    }

    /** The place in S3; empty for a directory. */
    public Optional<DatasetPlace> inS3() {
        Matcher s3 = S3.matcher(output);
        return s3.matches()
                ? Optional.of(new DatasetPlace(s3.group(1), s3.group(2) == null ? "" : s3.group(2)))
                : Optional.empty();
    }
}
