package dev.muster.inventory.segment;

import dev.muster.inventory.format.InventoryRow;
import java.io.IOException;

/** Rows of a segment, one by one. */
public final class SegmentRows {
    private final Segment segment;
    private final SegmentReader reader;

    public SegmentRows(Segment segment, byte[] content) {
        this.segment = segment;
        this.reader = new SegmentReader(content);
    }

    /**
     * The next row; null behind the last.
     *
     * @throws IOException if the segment is damaged
     */
    public InventoryRow next() throws IOException {
        StoredRow row = reader.next();
        return row == null ? null : row.of(segment);
    }
}
