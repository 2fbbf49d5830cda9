package dev.muster.inventory.dataset;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.inventory.format.InventoryManifest.RowRange;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.InventoryWriter;
import dev.muster.inventory.segment.Segment;
import dev.muster.inventory.segment.SegmentRows;
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
            Rows rows = new Rows(format.writer(new DigestOutputStream(file, md5)));
            try {
                for (Segment segment : segments) {
                    rows.add(segment, read(segment));
                }
                rows.writer.close();
                whole = true;
            } finally {
                if (!whole) {
                    rows.writer.abandon();
                }
            }
            return new DataPart(id, Files.size(scratch), HexFormat.of().formatHex(md5.digest()), rows.range(segments));
        } catch (IOException e) {
            throw DirectoryStore.failure("write", scratch, e);
        } finally {
            if (!whole) {
                scratch.toFile().delete();
            }
        }
    }

    private byte[] read(Segment segment) {
        return store.read(DatasetStore.WORK + segment.name());
    }

    private final class Rows {
        private final InventoryWriter writer;
        private ObjectKey first;
        private ObjectKey last;

        private Rows(InventoryWriter writer) {
            this.writer = writer;
        }

        /** @throws IOException if the file cannot be written */
        private void add(Segment segment, byte[] content) throws IOException {
            SegmentRows rows = new SegmentRows(segment, content);
            long count = 0;
            for (InventoryRow row = next(rows, segment); row != null; row = next(rows, segment)) {
                writer.write(row);
                first = first == null ? row.key() : first;
                last = row.key();
                count++;
            }
            if (count != segment.rows()) {
                throw unusable(segment, "it has " + count + " rows instead of " + segment.rows(), null);
            }
        }

        private RowRange range(List<Segment> segments) {
            String firstBucket = segments.get(0).bucket().bucket();
            String lastBucket = segments.get(segments.size() - 1).bucket().bucket();
            return new RowRange(writer.rows(), firstBucket, first, lastBucket, last);
        }

        private InventoryRow next(SegmentRows rows, Segment segment) {
            try {
                return rows.next();
            } catch (IOException e) {
                throw unusable(segment, e.getMessage(), e);
            }
        }
    }

    private TaskException unusable(Segment segment, String why, IOException cause) {
        return new TaskException(
                new Failure(
                        Failure.Kind.UNFIT,
                        "DamagedRows",
                        "read the rows in " + store.location() + "/" + DatasetStore.WORK + segment.name() + " failed: "
                                + why + "; begin anew with --force"),
                cause);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
