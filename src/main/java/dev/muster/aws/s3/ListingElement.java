package dev.muster.aws.s3;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The elements of a listing that mean something to it; all others are checked and passed over. */
enum ListingElement {
    PAGE(""),
    ERROR("Error"),
    CODE("Code"),
    MESSAGE("Message"),
    REQUEST_ID("RequestId"),
    BUCKETS("Buckets"),
    CONTENTS("Contents"),
    VERSION("Version"),
    DELETE_MARKER("DeleteMarker"),
    UPLOAD("Upload"),
    PART("Part"),
    BUCKET("Bucket"),
    KEY("Key"),
    NAME("Name"),
    SIZE("Size"),
    LAST_MODIFIED("LastModified"),
    INITIATED("Initiated"),
    CREATION_DATE("CreationDate"),
    STORAGE_CLASS("StorageClass"),
    VERSION_ID("VersionId"),
    UPLOAD_ID("UploadId"),
    IS_LATEST("IsLatest"),
    PART_NUMBER("PartNumber"),
    BUCKET_REGION("BucketRegion"),
    COMMON_PREFIXES("CommonPrefixes"),
    PREFIX("Prefix"),
    ENCODING_TYPE("EncodingType"),
    IS_TRUNCATED("IsTruncated"),
    CONTINUATION_TOKEN("ContinuationToken"),
    NEXT_CONTINUATION_TOKEN("NextContinuationToken"),
    NEXT_KEY_MARKER("NextKeyMarker"),
    NEXT_VERSION_ID_MARKER("NextVersionIdMarker"),
    NEXT_UPLOAD_ID_MARKER("NextUploadIdMarker"),
    NEXT_PART_NUMBER_MARKER("NextPartNumberMarker");

    private static final Map<String, ListingElement> BY_NAME =
            Arrays.stream(values()).collect(toUnmodifiableMap(element -> element.name, Function.identity()));
    private static final Set<ListingElement> OF_PAGE = EnumSet.range(ENCODING_TYPE, NEXT_PART_NUMBER_MARKER);
    private static final Set<ListingElement> OF_ERROR = EnumSet.range(CODE, REQUEST_ID);

    private final String name;
    /** A bit of its own for each element. */
    final long bit;

    ListingElement(String name) {
        this.name = name;
        this.bit = 1L << ordinal();
    }

    /** The element of a name within another one; null if it means nothing there. */
    static ListingElement of(ListingKind kind, ListingElement parent, String name) {
        if (parent == null) {
            return root(kind, name);
        }
        ListingElement element = BY_NAME.get(name);
        if (element == null) {
            return null;
        }
        boolean known =
                switch (parent) {
                    case PAGE ->
                        OF_PAGE.contains(element)
                                || element == COMMON_PREFIXES
                                || element == BUCKETS
                                || element.isEntry();
                    case BUCKETS -> element == BUCKET;
                    case COMMON_PREFIXES -> element == PREFIX;
                    case ERROR -> OF_ERROR.contains(element);
                    default -> parent.isEntry() && element.isField();
                };
        if (known && element.isEntry() && element.kind() != kind) {
            throw new MalformedPageException("<" + name + "> in a <" + kind.root + ">");
        }
        return known ? element : null;
    }

    private static ListingElement root(ListingKind kind, String name) {
        if (name.equals(kind.root)) {
            return PAGE;
        } else if (name.equals(ERROR.name)) {
            return ERROR;
        }
        throw new MalformedPageException("<" + name + "> where <" + kind.root + "> was expected");
    }

    /** Whether it is an object, a version or another thing that is listed. */
    boolean isEntry() {
        return ordinal() >= CONTENTS.ordinal() && ordinal() <= BUCKET.ordinal();
    }

    /** Whether it is a value of something that is listed. */
    boolean isField() {
        return ordinal() >= KEY.ordinal() && ordinal() <= BUCKET_REGION.ordinal();
    }

    private ListingKind kind() {
        return switch (this) {
            case CONTENTS -> ListingKind.OBJECTS;
            case VERSION, DELETE_MARKER -> ListingKind.VERSIONS;
            case UPLOAD -> ListingKind.UPLOADS;
            case PART -> ListingKind.PARTS;
            default -> ListingKind.BUCKETS;
        };
    }

    /** The name as it stands in a page. */
    @Override
    public String toString() {
        return name;
    }
}
