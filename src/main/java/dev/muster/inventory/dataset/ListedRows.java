package dev.muster.inventory.dataset;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.RowReader;
import dev.muster.inventory.segment.Segment;
import dev.muster.inventory.segment.SegmentRows;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * Rows of a run's segments, one segment after the other; memory holds one at a time. Fails with a {@link TaskException}
 * if a segment cannot be read, or is another one than the run has written.
 */
public final class ListedRows implements RowReader {
    private final DatasetStore store;
    private final Iterator<Segment> left;
    private Segment segment;
    private SegmentRows rows;
    private long count;

    /** @param segments in the order of their rows */
    public ListedRows(DatasetStore store, List<Segment> segments) {
        this.store = requireNonNull(store, "store is null");
        this.left = segments.iterator();
    }

    @Override
    public InventoryRow next() {
        while (rows != null || left.hasNext()) {
            if (rows == null) {
                segment = left.next();
                rows = new SegmentRows(segment, store.read(DatasetStore.WORK + segment.name()));
                count = 0;
            }
            InventoryRow row = row();
            if (row != null) {
                count++;
                return row;
            }
            if (count != segment.rows()) {
                throw unusable("it has " + count + " rows instead of " + segment.rows(), null);
            }
            rows = null;
        }
        return null;
    }

    private InventoryRow row() {
        try {
            return rows.next();
        } catch (IOException e) {
            throw unusable(e.getMessage(), e);
        }
    }

    private TaskException unusable(String why, IOException cause) {
        return new TaskException(
                new Failure(
                        Failure.Kind.UNFIT,
                        "DamagedRows",
                        "read the rows in " + store.location() + "/" + DatasetStore.WORK + segment.name() + " failed: "
                                + why + "; begin anew with --force"),
                cause);
    }

    @Override
    public void close() {}
}
