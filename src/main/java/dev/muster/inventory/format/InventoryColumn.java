package dev.muster.inventory.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Columns of an inventory, with the names and in the order of Amazon S3 Inventory, followed by two of Muster. */
public enum InventoryColumn {
    BUCKET("Bucket", Type.TEXT),
    KEY("Key", Type.KEY),
    VERSION_ID("VersionId", Type.TEXT),
    IS_LATEST("IsLatest", Type.FLAG),
    IS_DELETE_MARKER("IsDeleteMarker", Type.FLAG),
    SIZE("Size", Type.NUMBER),
    LAST_MODIFIED_DATE("LastModifiedDate", Type.TIME),
    E_TAG("ETag", Type.TEXT),
    STORAGE_CLASS("StorageClass", Type.TEXT),
    IS_MULTIPART_UPLOADED("IsMultipartUploaded", Type.FLAG),
    CHECKSUM_ALGORITHM("ChecksumAlgorithm", Type.TEXT),
    OWNER("Owner", Type.TEXT),
    ACCOUNT_ID("AccountId", Type.TEXT),
    REGION("Region", Type.TEXT);

    /** Type of a column's values. */
    public enum Type {
        /** String. */
        TEXT,
        /** {@link dev.muster.aws.s3.ObjectKey}. */
        KEY,
        /** Boolean. */
        FLAG,
        /** Long. */
        NUMBER,
        /** Long, in epoch milliseconds. */
        TIME
    }

    private final String csvName;
    private final Type type;

    InventoryColumn(String csvName, Type type) {
        this.csvName = csvName;
        this.type = type;
    }

    /** Name in Parquet, in JSON and in {@code --columns}: {@code version_id}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name in the schema of a CSV file: {@code VersionId}. */
    public String csvName() {
        return csvName;
    }

    public Type type() {
        return type;
    }

    /** Value of a row in this column, of the class for {@link #type}; null if unknown. */
    public Object of(InventoryRow row) {
        return switch (this) {
            case BUCKET -> row.bucket();
            case KEY -> row.key();
            case VERSION_ID -> row.versionId();
            case IS_LATEST -> row.isLatest();
            case IS_DELETE_MARKER -> row.isDeleteMarker();
            case SIZE -> row.size();
            case LAST_MODIFIED_DATE -> row.lastModifiedMillis();
            case E_TAG -> row.eTag();
            case STORAGE_CLASS -> row.storageClass();
            case IS_MULTIPART_UPLOADED -> row.isMultipartUploaded();
            case CHECKSUM_ALGORITHM -> row.checksumAlgorithm();
            case OWNER -> row.owner();
            case ACCOUNT_ID -> row.accountId();
            case REGION -> row.region();
        };
    }

    /** Tells whether every row has a value in this column. */
    public boolean required() {
        return this == BUCKET || this == KEY;
    }

    /** Column with a name in Parquet's form; empty if there is none. */
    public static Optional<InventoryColumn> named(String label) {
        return Arrays.stream(values())
                .filter(column -> column.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * Columns with the names, each once, in their usual order.
     *
     * @throws IllegalArgumentException if there is no column with a name, or the bucket or the key, which identify a
     *     row, are missing
     */
    public static List<InventoryColumn> parse(List<String> labels) {
        List<InventoryColumn> columns = labels.stream()
                .map(label -> named(label)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "there is no column " + label.strip() + "; there are " + names())))
                .distinct()
                .sorted()
                .toList();
        if (!columns.contains(BUCKET) || !columns.contains(KEY)) {
            throw new IllegalArgumentException("the columns bucket and key have to be among those of an inventory");
        }
        return columns;
    }

    private static String names() {
        return Arrays.stream(values()).map(InventoryColumn::label).collect(Collectors.joining(", "));
    }
}
