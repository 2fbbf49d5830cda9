package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The object, version or delete marker being read. */
final class ListingEntry {
    private static final int OBJECT =
            ListingElement.KEY.bit | ListingElement.SIZE.bit | ListingElement.LAST_MODIFIED.bit;
    private static final int MARKER = ListingElement.KEY.bit
            | ListingElement.LAST_MODIFIED.bit
            | ListingElement.VERSION_ID.bit
            | ListingElement.IS_LATEST.bit;
    private static final int VERSION = MARKER | ListingElement.SIZE.bit;
    private static final int LONGEST_KEY = 64 * 1024;

    ListingElement kind = ListingElement.CONTENTS;
    byte[] key = new byte[1024];
    int keyLength;

    /** With how many of its bytes the key before began too, as both stood in the page. */
    int keyShared;

    long bytes;
    long lastModifiedMillis;
    String storageClass = StorageClassName.STANDARD.name();
    String versionId = "";
    boolean latest;
    private int seen;
    private StorageClassName lastClass = StorageClassName.STANDARD;

    void begin(ListingElement entryKind) {
        kind = entryKind;
        seen = 0;
        bytes = 0;
        storageClass = StorageClassName.STANDARD.name();
        latest = false;
    }

    /** Whether the field is one of an entry's own. */
    static boolean holds(ListingElement field) {
        return field.bit != 0;
    }

    /** Takes the scanner's last text as the value of a field. */
    void set(ListingElement field, XmlScanner scanner) {
        if ((seen & field.bit) != 0) {
            throw new MalformedPageException("an entry has " + field + " twice");
        }
        seen |= field.bit;
        byte[] text = scanner.text;
        int start = scanner.textStart;
        int length = scanner.textLength;
        switch (field) {
            case KEY -> {
                setKey(text, start, length, scanner.textShared);
                scanner.keyTaken();
            }
            case SIZE -> bytes = Values.number(text, start, length);
            case LAST_MODIFIED -> lastModifiedMillis = Timestamps.parse(text, start, length);
            case STORAGE_CLASS -> setStorageClass(text, start, length);
            case VERSION_ID -> versionId = new String(text, start, length, UTF_8);
            case IS_LATEST -> latest = Values.truth(text, start, length);
            case ETAG -> {}
            default -> throw new IllegalArgumentException("no field of an entry: " + field);
        }
    }

    /** Checks that nothing is missing, so that no broken entry counts as an empty one. */
    void end() {
        int required = kind == ListingElement.CONTENTS ? OBJECT : kind == ListingElement.VERSION ? VERSION : MARKER;
        if ((seen & required) != required) {
            throw new MalformedPageException("an entry lacks its key, size, date, version or place among versions");
        }
    }

    private void setKey(byte[] text, int start, int length, int shared) {
        if (length == 0 || length > LONGEST_KEY) {
            throw new MalformedPageException("a key of " + length + " bytes");
        }
        if (length > key.length) {
            key = new byte[2 * length];
        }
        System.arraycopy(text, start, key, 0, length);
        keyLength = length;
        keyShared = shared;
    }

    private void setStorageClass(byte[] text, int start, int length) {
        if (length > 0 && !lastClass.stands(text, start, length)) {
            lastClass = StorageClassName.of(text, start, length);
        }
        storageClass = length == 0 ? StorageClassName.STANDARD.name() : lastClass.name();
    }
}
