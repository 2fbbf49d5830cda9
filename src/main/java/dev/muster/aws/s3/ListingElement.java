package dev.muster.aws.s3;

import java.util.Arrays;

/** The elements of a listing that mean something to it; all others are checked and passed over. */
enum ListingElement {
    KEY("Key", 0),
    SIZE("Size", 1),
    LAST_MODIFIED("LastModified", 2),
    STORAGE_CLASS("StorageClass", 3),
    VERSION_ID("VersionId", 4),
    IS_LATEST("IsLatest", 5),
    /** Means nothing, but stands in each entry, so that it is worth knowing. */
    ETAG("ETag", 6),
    PREFIX("Prefix"),
    IS_TRUNCATED("IsTruncated"),
    NEXT_KEY_MARKER("NextKeyMarker"),
    NEXT_VERSION_ID_MARKER("NextVersionIdMarker"),
    ENCODING_TYPE("EncodingType"),
    CONTENTS("Contents"),
    VERSION("Version"),
    DELETE_MARKER("DeleteMarker"),
    COMMON_PREFIXES("CommonPrefixes"),
    CODE("Code"),
    MESSAGE("Message"),
    REQUEST_ID("RequestId"),
    UNKNOWN("");

    static final int ENTRY_FIELDS = 7;

    private static final ListingElement[][] BY_LENGTH = byLength();

    private final String name;
    /** Numbers the fields of an entry from 0; -1 for all others. */
    final int index;
    /** A bit of its own for each field of an entry; 0 for all others. */
    final int bit;

    ListingElement(String name) {
        this(name, -1);
    }

    ListingElement(String name, int index) {
        this.name = name;
        this.index = index;
        this.bit = index < 0 ? 0 : 1 << index;
    }

    /** The field of the scanner's last tag. */
    static ListingElement of(XmlScanner scanner) {
        int start = scanner.localStart;
        int length = scanner.nameEnd - start;
        if (length < BY_LENGTH.length) {
            for (ListingElement field : BY_LENGTH[length]) {
                if (matches(scanner.buffer, start, field.name)) {
                    return field;
                }
            }
        }
        return UNKNOWN;
    }

    private static boolean matches(byte[] bytes, int start, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (bytes[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static ListingElement[][] byLength() {
        ListingElement[][] fields = new ListingElement[20][];
        for (int length = 0; length < fields.length; length++) {
            int wanted = length;
            fields[length] = Arrays.stream(values())
                    .filter(field -> field.name.length() == wanted && wanted > 0)
                    .toArray(ListingElement[]::new);
        }
        return fields;
    }
}
