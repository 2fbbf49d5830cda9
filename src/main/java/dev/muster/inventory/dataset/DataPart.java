package dev.muster.inventory.dataset;

import static java.util.Objects.requireNonNull;

import dev.muster.inventory.format.InventoryManifest.RowRange;
import java.util.Comparator;

/**
 * A data file of a dataset. Its rows are in order of bucket and key, and no other file has rows between its first and
 * its last one.
 *
 * @param id the id that is unique in the dataset, and part of the file's name
 * @param bytes size of the file in bytes
 * @param md5 digest of the file in hexadecimal digits
 * @param range its rows
 */
public record DataPart(String id, long bytes, String md5, RowRange range) {
    /** Order of rows in an inventory: by the bucket's name, then by key. */
    static final Comparator<DataPart> ORDER = Comparator.comparing(
                    (DataPart part) -> part.range().firstBucket())
            .thenComparing(part -> part.range().firstKey())
            .thenComparing(part -> part.range().lastKey());

    public DataPart {
        requireNonNull(id, "id is null");
        requireNonNull(md5, "md5 is null");
        requireNonNull(range, "range is null");
    }
}
