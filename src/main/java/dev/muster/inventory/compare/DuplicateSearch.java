package dev.muster.inventory.compare;

import dev.muster.inventory.format.InventoryRow;
import java.io.IOException;
import java.util.Comparator;

/**
 * Finds current objects of equal ETag and size, by an external sort in bounded memory. Empty objects are no duplicates, as
 * nothing can be saved.
 */
public final class DuplicateSearch {
    private long objects;
    private long groups;
    private long copies;
    private long bytes;
    private long multipart;
    private long unknown;

    /** Takes the members of groups, one behind the other. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a member.
         *
         * @param first whether it is the first of its group
         */
        void accept(InventoryRow row, boolean first) throws IOException;
    }

    /** Searches rows in any order to their end, and closes them. */
    public void run(RowCursor rows, Sink sink) throws IOException {
        Comparator<InventoryRow> order = RowOrder.CONTENT.thenComparing(RowOrder.BUCKET_AND_KEY);
        try (RowCursor sorted = SortedSource.sorted(comparable(SortedSource.current(rows)), order)) {
            search(sorted, sink);
        }
    }

    /** The rows whose content can be compared; the others are counted. */
    private RowCursor comparable(RowCursor rows) {
        return new RowCursor() {
            @Override
            public InventoryRow next() throws IOException {
                for (InventoryRow row = rows.next(); row != null; row = rows.next()) {
                    objects++;
                    if (row.eTag() == null || row.size() == null) {
                        unknown++;
                    } else if (row.size() > 0) {
                        return row;
                    }
                }
                return null;
            }

            @Override
            public void close() throws IOException {
                rows.close();
            }
        };
    }

    private void search(RowCursor rows, Sink sink) throws IOException {
        InventoryRow first = null;
        boolean told = false;
        for (InventoryRow row = rows.next(); row != null; row = rows.next()) {
            if (first == null || RowOrder.CONTENT.compare(first, row) != 0) {
                first = row;
                told = false;
                continue;
            }
            if (!told) {
                groups++;
                told = true;
                sink.accept(first, true);
            }
            copies++;
            bytes += row.size();
            multipart += Boolean.TRUE.equals(InventoryRow.multipart(row.eTag())) ? 1 : 0;
            sink.accept(row, false);
        }
    }

    /** Objects that were looked at. */
    public long objects() {
        return objects;
    }

    /** Different contents that are there several times. */
    public long groups() {
        return groups;
    }

    /** Objects that could be spared, one of each group staying. */
    public long copies() {
        return copies;
    }

    /** Bytes that these have. */
    public long bytes() {
        return bytes;
    }

    /** Copies whose ETag is that of an upload in parts, which is no hash of the content. */
    public long multipart() {
        return multipart;
    }

    /** Objects that were left out, as their ETag or size is not known. */
    public long unknown() {
        return unknown;
    }
}
