package dev.muster.inventory.format;

import dev.muster.inventory.format.parquet.ParquetRowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes rows to one file of an inventory, in the given order. Not for concurrent use. */
public interface InventoryWriter extends AutoCloseable {
    void write(InventoryRow row) throws IOException;

    /** Number of rows written so far. */
    long rows();

    /** Number of compressed bytes written to the stream so far: the size of the file once this is closed. */
    long bytes();

    /**
     * Finishes the file and closes its stream. A file whose writer was not closed, or failed to close, is invalid;
     * after an earlier failure call {@link #abandon} instead.
     */
    @Override
    void close() throws IOException;

    /** Closes the stream without finishing the file. */
    void abandon();

    /**
     * A writer.
     *
     * @param columns the columns to write, see {@link InventoryColumn#parse}
     * @param out stream of the file; closed with the writer
     */
    static InventoryWriter of(
            InventoryFormat format, List<InventoryColumn> columns, InventoryCompression compression, OutputStream out)
            throws IOException {
        return switch (format) {
            case PARQUET -> new ParquetRowWriter(columns, compression, out);
            case CSV -> new CsvRowWriter(columns, compression, out);
            case JSONL -> new JsonRowWriter(columns, compression, out);
        };
    }
}
