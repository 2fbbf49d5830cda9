package dev.muster.inventory;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.BucketId;
import dev.muster.audit.BucketStats;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.inventory.dataset.DataPart;
import dev.muster.inventory.dataset.DatasetFormat;
import dev.muster.inventory.dataset.DatasetPublisher;
import dev.muster.inventory.dataset.DatasetStore;
import dev.muster.inventory.dataset.DirectoryStore;
import dev.muster.inventory.dataset.ListedRows;
import dev.muster.inventory.dataset.PartWriter;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.InventoryFormat;
import dev.muster.inventory.format.RowReader;
import dev.muster.inventory.segment.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Dataset of a run, whose tasks write the files and which is published when the run has ended. */
public final class InventoryDataset implements AutoCloseable {
    private final DatasetStore store;
    private final DatasetFormat format;
    private final boolean temporary;
    private final ExecutorService threads;
    private final PartWriter parts;

    /**
     * A dataset.
     *
     * @param store closed with it
     */
    public InventoryDataset(DatasetStore store, DatasetFormat format) {
        this(store, format, false);
    }

    private InventoryDataset(DatasetStore store, DatasetFormat format, boolean temporary) {
        this.store = requireNonNull(store, "store is null");
        this.format = requireNonNull(format, "format is null");
        this.temporary = temporary;
        this.threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), runnable -> {
            Thread thread = new Thread(runnable, "muster-inventory");
            thread.setDaemon(true);
            return thread;
        });
        this.parts = new PartWriter(store, format, threads);
    }

    /**
     * A directory of its own among the temporary ones, for rows that are read by {@link #rows} and never published; deleted
     * when it is closed. It takes some 35 bytes for each object.
     *
     * @param columns to be kept
     * @throws TaskException if it cannot be created
     */
    public static InventoryDataset temporary(List<InventoryColumn> columns) {
        try {
            Path directory = Files.createTempDirectory("muster-rows-");
            directory.toFile().deleteOnExit(); // for a signal that comes before the run begins
            DatasetStore store = new DirectoryStore(directory);
            return new InventoryDataset(
                    store, new DatasetFormat(InventoryFormat.JSONL, InventoryCompression.NONE, columns), true);
        } catch (IOException e) {
            throw DirectoryStore.failure("create a directory in", Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    DatasetStore store() {
        return store;
    }

    /** Tells whether its rows are written to data files; else they stay as the tasks have listed them. */
    boolean inDataFiles() {
        return !temporary;
    }

    DatasetFormat format() {
        return format;
    }

    PartWriter parts() {
        return parts;
    }

    /** Size of a dataset. */
    public record Size(long rows, long bytes, int files) {}

    /**
     * Starts a new dataset.
     *
     * @param request of the run, by which {@link #begunFor} recognises it
     * @param replacing whether an existing inventory may be replaced
     * @throws dev.muster.engine.TaskException if it cannot be written there
     */
    public void begin(String request, boolean replacing) {
        new DatasetPublisher(store, format).begin(request, replacing);
    }

    /** Tells whether a run of this request has begun the dataset, which is not complete. */
    public boolean begunFor(String request) {
        return new DatasetPublisher(store, format).begunFor(request);
    }

    /** Removes everything of a run that has found nothing and will not be resumed. */
    public void discard() {
        new DatasetPublisher(store, format).discard();
    }

    /** Location of the dataset, for messages. */
    public String location() {
        return store.location();
    }

    /**
     * Publishes what a run has found.
     *
     * @param complete whether that is everything that was requested
     * @param startedAt when the run was started for the first time
     * @throws dev.muster.engine.TaskException if it cannot be written
     */
    public Size publish(InventoryPartial found, boolean complete, Instant startedAt) {
        List<DataPart> all = new ArrayList<>(found.parts());
        all.addAll(writeRest(found.unwritten()));
        if (complete) {
            requireEveryRow(found, all);
        }
        List<String> buckets = found.audit().buckets().keySet().stream()
                .map(BucketId::bucket)
                .distinct()
                .toList();
        new DatasetPublisher(store, format)
                .publish(all, buckets.size() == 1 ? buckets.get(0) : "", startedAt.toEpochMilli(), complete);
        return new Size(
                all.stream().mapToLong(part -> part.range().rows()).sum(),
                all.stream().mapToLong(DataPart::bytes).sum(),
                all.size());
    }

    /** The rows that a run has found and no data file has, in order of bucket and key. */
    public RowReader rows(InventoryPartial found) {
        return new ListedRows(store, found.unwritten());
    }

    /** Holds the rows against the totals of the same listing, which were added up in another way. */
    private void requireEveryRow(InventoryPartial found, List<DataPart> parts) {
        long rows = parts.stream().mapToLong(part -> part.range().rows()).sum();
        long counted = found.audit().buckets().values().stream()
                .map(BucketStats::tally)
                .mapToLong(
                        tally -> tally.current().objects() + tally.noncurrent().objects() + tally.deleteMarkers())
                .sum();
        if (rows != counted) {
            throw new TaskException(new Failure(
                    Failure.Kind.DEFECT,
                    "RowsMissing",
                    "publish the inventory in " + store.location() + " failed: it has " + rows + " rows, and " + counted
                            + " were listed; this is a defect of muster: please report it"));
        }
    }

    /** Writes the data files that no task has written, as for an incomplete run. */
    private List<DataPart> writeRest(List<Segment> segments) {
        List<CompletableFuture<DataPart>> written = PartSizes.divide(segments).stream()
                .map(part -> parts.write(part, UUID.randomUUID().toString()))
                .toList();
        try {
            return written.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        if (temporary) {
            discard();
            store.delete("");
        }
        store.close();
    }
}
