package dev.muster.inventory.compare;

import dev.muster.inventory.format.InventoryRow;
import java.util.Comparator;

/** Orders of rows. */
public final class RowOrder {
    /** By key alone, for rows of one bucket. */
    public static final Comparator<InventoryRow> KEY = Comparator.comparing(InventoryRow::key);

    /** By the bucket's name, then by key: the order of an inventory. */
    public static final Comparator<InventoryRow> BUCKET_AND_KEY =
            Comparator.comparing(InventoryRow::bucket).thenComparing(InventoryRow::key);

    /** By ETag and size, the copies of one object together; rows must have both. */
    public static final Comparator<InventoryRow> CONTENT =
            Comparator.comparing(InventoryRow::eTag).thenComparing(InventoryRow::size);

    private RowOrder() {}
}
