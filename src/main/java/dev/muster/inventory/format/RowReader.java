package dev.muster.inventory.format;

import dev.muster.inventory.format.parquet.ParquetRowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Reads the rows of one file of an inventory in order. Memory does not grow with the file. */
public interface RowReader extends AutoCloseable {
    /**
     * The next row; null after the last.
     *
     * @throws InventoryException if the file has unexpected content
     */
    InventoryRow next() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * A reader of a file.
     *
     * @param columns the columns to read; others are null in every row, except for the key
     * @param place of the file, for messages
     * @param manifest the manifest with the columns of CSV files, and the bucket of rows that do not name one
     */
    static RowReader of(Path file, String place, InventoryManifest manifest, Set<InventoryColumn> columns)
            throws IOException {
        RowAssembler rows = new RowAssembler(place, manifest.sourceBucket(), columns);
        try {
            return switch (manifest.fileFormat()) {
                case PARQUET -> new ParquetRowReader(file, rows);
                case CSV -> new CsvRowReader(TextInput.open(file), manifest.fileSchema(), rows);
                case JSONL -> new JsonRowReader(TextInput.open(file), rows);
            };
        } catch (InventoryException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw rows.damaged("it cannot be opened", e);
        }
    }
}
