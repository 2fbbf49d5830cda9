package dev.muster.cli.run;

import dev.muster.aws.AwsClients;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.cli.option.SourceOptions.S3Source;
import dev.muster.inventory.compare.RowCursor;
import dev.muster.inventory.compare.SortedSource;
import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryManifest;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.RowReader;
import dev.muster.inventory.source.InventoryReader;
import dev.muster.inventory.source.LiveListing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
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

    /**
     * Opens a source.
     *
     * @param relative whether keys are told without the prefix that was listed
     * @param clients are made only for what is in a bucket
     */
    public static ObjectSource open(String text, boolean relative, Supplier<AwsClients> clients) throws IOException {
        if (!isInventory(text)) {
            S3Source source = S3Source.of(text);
            AwsClients made = clients.get();
            LiveListing listing = new LiveListing(made, source.bucket(), source.prefix());
            RowReader rows = relative && !source.prefix().isEmpty()
                    ? new Relative(listing, source.prefix().getBytes(StandardCharsets.UTF_8).length)
                    : listing;
            boolean ordered = !source.bucket().endsWith(DIRECTORY_BUCKET);
            return new ObjectSource(made::close, rows, listing.place(), true, ordered, true);
        }
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

    private static boolean isInventory(String text) {
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
