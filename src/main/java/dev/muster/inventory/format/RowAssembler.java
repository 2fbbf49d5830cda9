package dev.muster.inventory.format;

import dev.muster.aws.s3.ObjectKey;
import dev.muster.output.TerminalText;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Assembles rows from the values of their columns, for all formats. */
public final class RowAssembler {
    /** Amazon's name for the owner; Muster's is that of the element in listings. */
    private static final String AMAZONS_OWNER = "object_owner";

    private final String place;
    private final String bucket;
    private final Set<InventoryColumn> wanted;
    private final Map<InventoryColumn, Object> values = new EnumMap<>(InventoryColumn.class);

    /**
     * An assembler of a file's rows.
     *
     * @param place location of the file, for messages
     * @param bucket the bucket of rows that do not name one; empty if unknown
     * @param wanted columns to read; others stay null, except for the bucket and the key
     */
    RowAssembler(String place, String bucket, Set<InventoryColumn> wanted) {
        this.place = place;
        this.bucket = bucket;
        this.wanted = EnumSet.of(InventoryColumn.BUCKET, InventoryColumn.KEY);
        this.wanted.addAll(wanted);
    }

    /** The column with a name, in the spelling of any file; empty if rows have no such column. */
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

    /** Starts a row, without the values of the last one. */
    public void begin() {
        values.clear();
    }

    /** The row with the values. */
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

    /** Exception for a file with unexpected content. */
    public InventoryException damaged(String why) {
        return new InventoryException("cannot read " + place + ": " + TerminalText.escape(why));
    }

    /** Exception for a file that is truncated or unreadable. */
    public InventoryException damaged(String why, Throwable cause) {
        String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new InventoryException(
                "cannot read " + place + ": "
                        + TerminalText.escape(
                                why + " (" + words.lines().findFirst().orElse("") + ")"),
                cause);
    }
}
