package dev.muster.cli.run;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditScope;
import dev.muster.audit.BucketFilter;
import dev.muster.audit.TopListSettings;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.ProgressLine.AuditProgressLine;
import dev.muster.cli.option.CommonOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.option.SourceOptions.S3Source;
import dev.muster.engine.Job;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.inventory.InventoryDataset;
import dev.muster.inventory.InventoryJob;
import dev.muster.inventory.InventoryPartial;
import dev.muster.inventory.InventoryResult;
import dev.muster.inventory.InventoryTask;
import dev.muster.inventory.compare.RowCursor;
import dev.muster.inventory.compare.SortedSource;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryManifest;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.RowReader;
import dev.muster.inventory.source.InventoryReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Objects to compare, as people name them: an inventory by its {@code manifest.json} or its directory, or a bucket or
 * {@code s3://bucket/prefix}, which is listed.
 */
public final class ObjectSource implements AutoCloseable {
    private static final Set<InventoryColumn> COLUMNS = EnumSet.of(
            InventoryColumn.IS_LATEST,
            InventoryColumn.IS_DELETE_MARKER,
            InventoryColumn.SIZE,
            InventoryColumn.LAST_MODIFIED_DATE,
            InventoryColumn.E_TAG);
    /** Enough to copy the files of an inventory. */
    private static final int CONNECTIONS = 2;

    private static final String DIRECTORY_BUCKET = "--x-s3";

    private final Closeable behind;
    private final RowReader rows;
    private final String place;
    private final boolean oneBucket;
    private final boolean ordered;
    private final boolean complete;

    private ObjectSource(
            Closeable behind, RowReader rows, String place, boolean oneBucket, boolean ordered, boolean complete) {
        this.behind = behind;
        this.rows = rows;
        this.place = place;
        this.oneBucket = oneBucket;
        this.ordered = ordered;
        this.complete = complete;
    }

    /** The listing of a source did not come to its end, as stderr says. */
    public static final class ListingEndedException extends IOException {
        private static final long serialVersionUID = 1;

        private final int exitCode;

        private ListingEndedException(RunEnd end) {
            super(end.toString());
            this.exitCode = ExitCodes.of(end, false);
        }

        /** The exit code of the command. */
        public int exitCode() {
            return exitCode;
        }
    }

    /**
     * Opens a source; lists it, if it is a bucket.
     *
     * @param relative whether keys are told without the prefix that was listed
     * @param clients makes clients with so many connections, for what is in a bucket
     * @throws ListingEndedException if it cannot be listed to its end
     */
    public static ObjectSource open(
            String text,
            boolean relative,
            CommandContext commandContext,
            ConsoleOptions console,
            IntFunction<AwsClients> clients)
            throws IOException {
        return isInventory(text)
                ? inventory(text, () -> clients.apply(CONNECTIONS))
                : listed(S3Source.of(text), relative, commandContext, console, clients);
    }

    /** Lists a bucket as an audit does, and keeps its rows in a temporary directory. */
    private static ObjectSource listed(
            S3Source source,
            boolean relative,
            CommandContext commandContext,
            ConsoleOptions console,
            IntFunction<AwsClients> makes)
            throws IOException {
        String place = "s3://" + source.bucket() + "/" + source.prefix();
        CommonOptions options = CommonOptions.of(commandContext.config().getString("muster.workers"), console);
        JobRunner runner = new JobRunner(commandContext.unrepeatable(commandContext.arguments()), options);
        InventoryDataset rows = InventoryDataset.temporary(List.copyOf(COLUMNS));
        boolean listed = false;
        try (AwsClients clients = makes.apply(runner.workers())) {
            AuditScope scope = new AuditScope(
                    "",
                    Optional.empty(),
                    List.of(),
                    BucketFilter.of(List.of(source.bucket())),
                    source.prefix(),
                    false,
                    false,
                    false,
                    clients.settings().timeouts().request().plusSeconds(5));
            Job<InventoryTask, InventoryResult, InventoryPartial> job = InventoryJob.of(
                    scope, new TopListSettings(Set.of(), 0), clients, Map.of(), ProfileStore.NONE, rows);
            List<RunResult<InventoryTask, InventoryPartial>> ended = new ArrayList<>();
            int unused = runner.run(job, InventoryTask::description, AuditProgressLine::line, result -> {
                ended.add(result);
                return ExitCodes.of(result.end(), true);
            });
            InventoryPartial found = found(ended.get(0));
            listed = true;
            RowReader reader = rows.rows(found);
            return new ObjectSource(
                    rows::close,
                    relative && !source.prefix().isEmpty()
                            ? new Relative(reader, source.prefix().getBytes(StandardCharsets.UTF_8).length)
                            : reader,
                    place,
                    true,
                    !source.bucket().endsWith(DIRECTORY_BUCKET),
                    job.summary().complete(found));
        } finally {
            if (!listed) {
                rows.close();
            }
        }
    }

    private static InventoryPartial found(RunResult<InventoryTask, InventoryPartial> result) throws IOException {
        if (!(result.end() instanceof RunEnd.Complete)) {
            throw new ListingEndedException(result.end());
        }
        List<AuditFailure> failures = result.summary().audit().failures();
        if (!failures.isEmpty()) {
            throw new IOException(failures.get(0).sentence());
        }
        return result.summary();
    }

    private static ObjectSource inventory(String text, Supplier<AwsClients> clients) throws IOException {
        InventoryLocation location = new InventoryLocation(text, clients);
        try {
            InventoryReader reader = new InventoryReader(location.files(), COLUMNS);
            InventoryManifest manifest = reader.manifest();
            return new ObjectSource(
                    location::close,
                    reader,
                    location.files().place(),
                    oneBucket(manifest),
                    manifest.ordered(),
                    manifest.complete());
        } catch (IOException | RuntimeException e) {
            location.close();
            throw e;
        }
    }

    /** Tells whether a source is an inventory, and no bucket. */
    public static boolean isInventory(String text) {
        if (text.endsWith(".json")) {
            return true;
        }
        try {
            Path path = Path.of(text);
            return (text.contains("/") && !text.contains(":"))
                    ? Files.exists(path) || text.startsWith("/") || text.startsWith(".")
                    : Files.exists(path.resolve(InventoryManifest.FILE));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean oneBucket(InventoryManifest manifest) {
        if (!manifest.sourceBucket().isEmpty()) {
            return true;
        }
        return manifest.files().stream()
                        .map(file -> file.range())
                        .allMatch(range -> range != null && range.firstBucket().equals(range.lastBucket()))
                && manifest.files().stream()
                                .map(file -> file.range().firstBucket())
                                .distinct()
                                .count()
                        <= 1;
    }

    /** Place, for people. */
    public String place() {
        return place;
    }

    /** Tells whether all objects are of one bucket, whose name does not matter then. */
    public boolean oneBucket() {
        return oneBucket;
    }

    /** Tells whether no object is missing as far as is known. */
    public boolean complete() {
        return complete;
    }

    /** The current objects in order of bucket and key. */
    public RowCursor byKey(Comparator<InventoryRow> order, LongConsumer progress) throws IOException {
        return SortedSource.of(cursor(progress), ordered, order, place);
    }

    /** The objects as they come. */
    public RowCursor cursor(LongConsumer progress) {
        return new RowCursor() {
            private long count;

            @Override
            public InventoryRow next() throws IOException {
                InventoryRow row = rows.next();
                progress.accept(++count);
                return row;
            }

            @Override
            public void close() throws IOException {
                rows.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        try (Closeable last = behind) {
            rows.close();
        }
    }

    /** Rows whose keys are told without the prefix that all of them have. */
    private record Relative(RowReader rows, int prefixBytes) implements RowReader {
        @Override
        public InventoryRow next() throws IOException {
            InventoryRow row = rows.next();
            if (row == null) {
                return null;
            }
            byte[] key = row.key().bytes();
            return new InventoryRow(
                    row.bucket(),
                    ObjectKey.copyOf(key, prefixBytes, key.length - prefixBytes),
                    null,
                    null,
                    null,
                    row.size(),
                    row.lastModifiedMillis(),
                    row.eTag(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
