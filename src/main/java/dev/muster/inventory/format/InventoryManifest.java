package dev.muster.inventory.format;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.parquet.ParquetSchema;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Manifest of an inventory, in the form of Amazon S3 Inventory's {@code manifest.json}; see {@link ManifestJson}.
 *
 * @param sourceBucket the bucket; empty for an inventory of several
 * @param destinationBucket the bucket that contains the files, whose keys are then complete; empty for files of a
 *     directory
 * @param createdMillis start of the listing in epoch milliseconds
 * @param fileSchema columns of the files, see {@link #schema}
 * @param complete whether every requested object is in the files; assumed for Amazon's manifests, which do not tell
 * @param files files, in order of bucket and key if written by Muster
 */
public record InventoryManifest(
        String sourceBucket,
        String destinationBucket,
        long createdMillis,
        InventoryFormat fileFormat,
        String fileSchema,
        boolean complete,
        List<DataFile> files) {
    /** Name of the manifest's file. */
    public static final String FILE = "manifest.json";

    /** Name of the file with the MD5 digest of the manifest, in hexadecimal digits. */
    public static final String CHECKSUM_FILE = "manifest.checksum";

    /** Name of the file by which Hive and similar tools find the data files, one per line. */
    public static final String SYMLINK_FILE = "symlink.txt";

    public InventoryManifest {
        requireNonNull(sourceBucket, "sourceBucket is null");
        requireNonNull(destinationBucket, "destinationBucket is null");
        requireNonNull(fileFormat, "fileFormat is null");
        requireNonNull(fileSchema, "fileSchema is null");
        files = List.copyOf(files);
    }

    /**
     * File of an inventory.
     *
     * @param key the key of the file in the destination bucket, or else its path relative to the manifest
     * @param size the size in bytes; negative if the manifest does not tell
     * @param md5 digest in hexadecimal digits; empty if the manifest does not tell
     * @param range the range of the rows; null if the manifest does not tell, as in Amazon's
     */
    public record DataFile(String key, long size, String md5, RowRange range) {}

    /**
     * Rows of a file.
     *
     * @param firstBucket bucket of the first row
     * @param firstKey key of the first row
     * @param lastBucket bucket of the last row
     * @param lastKey key of the last row
     */
    public record RowRange(long rows, String firstBucket, ObjectKey firstKey, String lastBucket, ObjectKey lastKey) {
        /** Tells whether all rows of another range come after this one. */
        boolean precedes(RowRange other) {
            int buckets = lastBucket.compareTo(other.firstBucket);
            return buckets < 0 || (buckets == 0 && lastKey.compareTo(other.firstKey) <= 0);
        }
    }

    /** Schema of files in the form of a manifest: that of Parquet, or the names of the columns. */
    public static String schema(InventoryFormat format, List<InventoryColumn> columns) {
        return switch (format) {
            case PARQUET -> ParquetSchema.text(columns);
            case CSV -> columns.stream().map(InventoryColumn::csvName).collect(Collectors.joining(", "));
            case JSONL -> columns.stream().map(InventoryColumn::label).collect(Collectors.joining(", "));
        };
    }

    /**
     * Tells whether the files are in order of bucket and key, by their ranges. The order within each file is checked
     * when it is read.
     */
    public boolean ordered() {
        RowRange last = null;
        for (DataFile file : files) {
            RowRange range = file.range();
            if (range == null || (last != null && !last.precedes(range))) {
                return false;
            }
            last = range;
        }
        return true;
    }
}
