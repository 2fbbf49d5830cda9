package dev.muster.inventory.dataset;

import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.InventoryFormat;
import dev.muster.inventory.format.InventoryWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Format, compression and columns of a dataset's files. */
public record DatasetFormat(InventoryFormat format, InventoryCompression compression, List<InventoryColumn> columns) {
    public DatasetFormat {
        columns = List.copyOf(columns);
    }

    /** A writer of one file, which closes the stream. */
    public InventoryWriter writer(OutputStream out) throws IOException {
        return InventoryWriter.of(format, columns, compression, out);
    }

    /** Name of a file in this format. */
    String fileName(String stem) {
        return stem + format.suffix(compression);
    }
}
