package dev.muster.inventory.compare;

import dev.muster.inventory.format.InventoryException;
import dev.muster.inventory.format.InventoryRow;
import java.io.IOException;
import java.util.Comparator;

/** Current objects of a source in an order: as they come where they are in it, and checked; else sorted. */
public final class SortedSource {
    /** Memory for the rows that are sorted at a time. */
    private static final long RUN_BYTES = 48L * 1024 * 1024;

    private SortedSource() {}

    /**
     * RowCursor in order.
     *
     * @param rows closed with the result
     * @param ordered whether the source claims to be in that order
     * @param place of the source, for messages
     */
    public static RowCursor of(RowCursor rows, boolean ordered, Comparator<InventoryRow> order, String place)
            throws IOException {
        return ordered ? new Checked(current(rows), order, place) : sorted(current(rows), order);
    }

    static RowCursor sorted(RowCursor rows, Comparator<InventoryRow> order) throws IOException {
        return sorted(rows, order, RUN_BYTES);
    }

    /** The rows sorted; their source is closed. */
    static RowCursor sorted(RowCursor rows, Comparator<InventoryRow> order, long runBytes) throws IOException {
        RowSort sort = new RowSort(order, runBytes);
        try (rows) {
            for (InventoryRow row = rows.next(); row != null; row = rows.next()) {
                sort.add(row);
            }
        }
        return sort.sorted();
    }

    /** The rows without delete markers and versions that are not current. */
    static RowCursor current(RowCursor rows) {
        return new RowCursor() {
            @Override
            public InventoryRow next() throws IOException {
                InventoryRow row = rows.next();
                while (row != null
                        && (Boolean.FALSE.equals(row.isLatest()) || Boolean.TRUE.equals(row.isDeleteMarker()))) {
                    row = rows.next();
                }
                return row;
            }

            @Override
            public void close() throws IOException {
                rows.close();
            }
        };
    }

    /** RowCursor that fail where they are not in order, as a merge would miss some without a word. */
    private static final class Checked implements RowCursor {
        private final RowCursor rows;
        private final Comparator<InventoryRow> order;
        private final String place;
        private InventoryRow last;

        Checked(RowCursor rows, Comparator<InventoryRow> order, String place) {
            this.rows = rows;
            this.order = order;
            this.place = place;
        }

        @Override
        public InventoryRow next() throws IOException {
            InventoryRow row = rows.next();
            if (row != null && last != null && order.compare(last, row) > 0) {
                throw new InventoryException(place + " is not in order, though it says so: \"" + row.key()
                        + "\" comes behind \"" + last.key() + "\"");
            }
            last = row;
            return row;
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
