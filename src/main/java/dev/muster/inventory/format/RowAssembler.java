package dev.muster.inventory.format;

import dev.muster.aws.s3.ObjectKey;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes rows of the values of their columns, for whichever format. */
public final class RowAssembler {
    /** Name that Amazon has for the owner; ours is that of the listing's element. */
    private static final String AMAZONS_OWNER = "object_owner";

    private final String place;
    private final String bucket;
    private final Set<InventoryColumn> wanted;
    private final Map<InventoryColumn, Object> values = new EnumMap<>(InventoryColumn.class);

    /**
     * An assembler of a file's rows.
     *
     * @param place of the file, for messages
     * @param bucket of rows that do not name one; empty if it is not known
     * @param wanted other columns stay null; the bucket and the key are always wanted
     */
    RowAssembler(String place, String bucket, Set<InventoryColumn> wanted) {
        this.place = place;
        this.bucket = bucket;
        this.wanted = EnumSet.of(InventoryColumn.BUCKET, InventoryColumn.KEY);
        this.wanted.addAll(wanted);
    }

    /** The column of a name, in any file's spelling; empty if it is none that rows are made of. */
    public Optional<InventoryColumn> column(String name) {
        String plain = name.strip().replace("_", "");
        for (InventoryColumn column : wanted) {
            if (column.csvName().equalsIgnoreCase(plain)) {
                return Optional.of(column);
            }
        }
        return name.strip().equalsIgnoreCase(AMAZONS_OWNER) || plain.equalsIgnoreCase("ObjectOwner")
                ? Optional.of(InventoryColumn.OWNER).filter(wanted::contains)
                : Optional.empty();
    }

    /** Sets a value of the row, of the class of its column's type. */
    public void set(InventoryColumn column, Object value) {
        values.put(column, value);
    }

    /** Forgets the values of the last row. */
    public void begin() {
        values.clear();
    }

    /** The row of the values. */
    public InventoryRow row() throws InventoryException {
        Object named = values.get(InventoryColumn.BUCKET);
        if (named == null && bucket.isEmpty()) {
            throw damaged("a row names no bucket");
        } else if (values.get(InventoryColumn.KEY) == null) {
            throw damaged("a row has no key");
        }
        return new InventoryRow(
                named == null ? bucket : (String) named,
                (ObjectKey) values.get(InventoryColumn.KEY),
                (String) values.get(InventoryColumn.VERSION_ID),
                (Boolean) values.get(InventoryColumn.IS_LATEST),
                (Boolean) values.get(InventoryColumn.IS_DELETE_MARKER),
                (Long) values.get(InventoryColumn.SIZE),
                (Long) values.get(InventoryColumn.LAST_MODIFIED_DATE),
                (String) values.get(InventoryColumn.E_TAG),
                (String) values.get(InventoryColumn.STORAGE_CLASS),
                (Boolean) values.get(InventoryColumn.IS_MULTIPART_UPLOADED),
                (String) values.get(InventoryColumn.CHECKSUM_ALGORITHM),
                (String) values.get(InventoryColumn.OWNER),
                (String) values.get(InventoryColumn.ACCOUNT_ID),
                (String) values.get(InventoryColumn.REGION));
    }

    /** A file that does not hold what it claims to. */
    public InventoryException damaged(String why) {
        return new InventoryException("cannot read " + place + ": " + why);
    }

    /** A file that breaks off, or whose bytes mean nothing. */
    public InventoryException damaged(String why, Throwable cause) {
        String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new InventoryException(
                "cannot read " + place + ": " + why + " ("
                        + words.lines().findFirst().orElse("") + ")",
                cause);
    }
}
