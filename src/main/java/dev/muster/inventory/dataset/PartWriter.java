package dev.muster.inventory.dataset;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.InventoryManifest.RowRange;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.InventoryWriter;
import dev.muster.inventory.segment.Segment;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Writes segments into data files. Thread-safe. */
public final class PartWriter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final DatasetStore store;
    private final DatasetFormat format;
    private final Executor threads;

    /**
     * A writer of data files.
     *
     * @param threads executor that encodes rows; as many files as it has threads take memory at the same time
     */
    public PartWriter(DatasetStore store, DatasetFormat format, Executor threads) {
        this.store = store;
        this.format = format;
        this.threads = threads;
    }

    /**
     * Writes segments into one data file among the unfinished ones.
     *
     * @param segments in the order of their rows; not empty
     * @param id new id of the file
     */
    public CompletableFuture<DataPart> write(List<Segment> segments, String id) {
        String name = DatasetStore.WORK + format.fileName(id);
        Path scratch = store.scratch(name);
        return CompletableFuture.supplyAsync(() -> encode(segments, id, scratch), threads)
                .thenCompose(part -> store.write(name, scratch).thenApply(done -> part));
    }

    private DataPart encode(List<Segment> segments, String id, Path scratch) {
        boolean whole = false;
        MessageDigest md5 = md5();
        try {
            Files.createDirectories(scratch.getParent());
            OutputStream file = new BufferedOutputStream(Files.newOutputStream(scratch), BUFFER_BYTES);
            InventoryWriter writer = format.writer(new DigestOutputStream(file, md5));
            ObjectKey first = null;
            ObjectKey last = null;
            try (ListedRows rows = new ListedRows(store, segments)) {
                for (InventoryRow row = rows.next(); row != null; row = rows.next()) {
                    writer.write(row);
                    first = first == null ? row.key() : first;
                    last = row.key();
                }
                writer.close();
                whole = true;
            } finally {
                if (!whole) {
                    writer.abandon();
                }
            }
            String firstBucket = segments.get(0).bucket().bucket();
            String lastBucket = segments.get(segments.size() - 1).bucket().bucket();
            RowRange range = new RowRange(writer.rows(), firstBucket, first, lastBucket, last);
            return new DataPart(id, Files.size(scratch), HexFormat.of().formatHex(md5.digest()), range);
        } catch (IOException e) {
            throw DirectoryStore.failure("write", scratch, e);
        } finally {
            if (!whole) {
                scratch.toFile().delete();
            }
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
