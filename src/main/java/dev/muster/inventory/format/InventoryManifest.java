package dev.muster.inventory.format;

import dev.muster.inventory.format.parquet.ParquetSchema;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Manifest of an inventory in the form of Amazon S3 Inventory's {@code manifest.json}.
 *
 * @param sourceBucket the bucket; empty for an inventory of several
 * @param createdMillis when the listing began, in epoch milliseconds
 * @param fileSchema columns of the files, see {@link #schema}
 * @param files in key order where Muster wrote them
 */
public record InventoryManifest(
        String sourceBucket, long createdMillis, InventoryFormat fileFormat, String fileSchema, List<DataFile> files) {
    public InventoryManifest {
        files = List.copyOf(files);
    }

    /**
     * File of an inventory.
     *
     * @param key place of the file, relative to the manifest where Muster wrote it, a key of the destination bucket where
     *     Amazon did
     * @param size in bytes
     * @param md5 digest in hexadecimal digits
     * @param rows null where the manifest does not tell
     * @param firstKey null where the manifest does not tell
     * @param lastKey null where the manifest does not tell
     */
    public record DataFile(String key, long size, String md5, Long rows, String firstKey, String lastKey) {}

    /** Schema of files, as a manifest has it: that of Parquet, or the names of the columns. */
    public static String schema(InventoryFormat format, List<InventoryColumn> columns) {
        return switch (format) {
            case PARQUET -> ParquetSchema.text(columns);
            case CSV -> columns.stream().map(InventoryColumn::csvName).collect(Collectors.joining(", "));
            case JSONL -> columns.stream().map(InventoryColumn::label).collect(Collectors.joining(", "));
        };
    }
}
