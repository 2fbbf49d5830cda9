package dev.muster.inventory.segment;

import dev.muster.audit.EntryCollector;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the rows of one task. An entry without a key is none: it would be no object that anybody could find. */
public final class TaskRows implements EntryCollector {
    private PageRows counted = new PageRows();

    @Override
    public Page page() {
        return new PageRows();
    }

    /** The number of rows. */
    public long rows() {
        return counted.encoder.rows();
    }

    public ObjectKey first() {
        return counted.first;
    }

    public ObjectKey last() {
        return counted.last;
    }

    /** The rows as a segment's content. */
    public byte[] content() {
        return counted.encoder.block();
    }

    private final class PageRows implements Page {
        private final StoredRow row = new StoredRow();
        private RowEncoder encoder = new RowEncoder();
        private boolean disorder;
        private ObjectKey first;
        private ObjectKey last;

        @Override
        public void add(ListingEntry entry) {
            if (entry.keyLength() > 0) {
                row.set(entry);
                disorder |= encoder.precedesLast(row);
                encoder.add(row);
                if (first == null) {
                    first = row.objectKey();
                }
            }
        }

        @Override
        public void counted() {
            if (encoder.rows() > 0) {
                if (disorder) {
                    sort();
                }
                last = encoder.lastKey();
            }
            counted = this;
        }

        /** Some servers send all versions before all delete markers, and those of directory buckets know no order. */
        private void sort() {
            List<StoredRow> all = new ArrayList<>();
            SegmentReader reader = new SegmentReader(encoder.block());
            try {
                for (StoredRow next = reader.next(); next != null; next = reader.next()) {
                    all.add(next.copy());
                }
            } catch (IOException e) {
                throw new IllegalStateException("rows in memory cannot be read", e);
            }
            all.sort(Comparator.comparing(StoredRow::objectKey));
            encoder = new RowEncoder();
            all.forEach(encoder::add);
            first = all.get(0).objectKey();
        }
    }
}
