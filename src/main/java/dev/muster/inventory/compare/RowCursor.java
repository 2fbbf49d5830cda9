package dev.muster.inventory.compare;

import dev.muster.inventory.format.InventoryRow;
import java.io.IOException;

/** RowCursor one behind the other. */
public interface RowCursor extends AutoCloseable {
    /** The next row; null behind the last. */
    InventoryRow next() throws IOException;

    @Override
    void close() throws IOException;
}
