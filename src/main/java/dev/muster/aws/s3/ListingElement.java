package dev.muster.aws.s3;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.muster.aws.s3.ListingParser.ListingDetail;
import dev.muster.aws.s3.ListingParser.ListingKind;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** The elements of a listing that have a meaning; all others are checked and skipped. */
enum ListingElement {
    PAGE("", Role.OUTER),
    ERROR("Error", Role.OUTER),
    CODE("Code", Role.OF_ERROR),
    MESSAGE("Message", Role.OF_ERROR),
    REQUEST_ID("RequestId", Role.OF_ERROR),
    BUCKETS("Buckets", Role.OUTER),
    CONTENTS("Contents", Role.ENTRY),
    VERSION("Version", Role.ENTRY),
    DELETE_MARKER("DeleteMarker", Role.ENTRY),
    UPLOAD("Upload", Role.ENTRY),
    PART("Part", Role.ENTRY),
    BUCKET("Bucket", Role.ENTRY),
    KEY("Key", 1 << 0),
    NAME("Name", 1 << 1),
    SIZE("Size", 1 << 2),
    LAST_MODIFIED("LastModified", 1 << 3),
    INITIATED("Initiated", 1 << 4),
    CREATION_DATE("CreationDate", 1 << 5),
    STORAGE_CLASS("StorageClass", 1 << 6),
    VERSION_ID("VersionId", 1 << 7),
    UPLOAD_ID("UploadId", 1 << 8),
    IS_LATEST("IsLatest", 1 << 9),
    PART_NUMBER("PartNumber", 1 << 10),
    BUCKET_REGION("BucketRegion", 1 << 11),
    ETAG("ETag", 1 << 12),
    CHECKSUM_ALGORITHM("ChecksumAlgorithm", 1 << 13),
    OWNER("Owner", Role.OUTER),
    OWNER_ID("ID", 1 << 14),
    OWNER_NAME("DisplayName", 1 << 15),
    COMMON_PREFIXES("CommonPrefixes", Role.OUTER),
    PREFIX("Prefix", Role.OUTER),
    ENCODING_TYPE("EncodingType", Role.OF_PAGE),
    IS_TRUNCATED("IsTruncated", Role.OF_PAGE),
    CONTINUATION_TOKEN("ContinuationToken", Role.OF_PAGE),
    NEXT_CONTINUATION_TOKEN("NextContinuationToken", Role.OF_PAGE),
    NEXT_KEY_MARKER("NextKeyMarker", Role.OF_PAGE),
    NEXT_VERSION_ID_MARKER("NextVersionIdMarker", Role.OF_PAGE),
    NEXT_UPLOAD_ID_MARKER("NextUploadIdMarker", Role.OF_PAGE),
    MAX_KEYS("MaxKeys", Role.OF_PAGE),
    MAX_UPLOADS("MaxUploads", Role.OF_PAGE),
    MAX_PARTS("MaxParts", Role.OF_PAGE);

    private enum Role {
        OUTER,
        OF_ERROR,
        OF_PAGE,
        /** Something that is listed. */
        ENTRY,
        /** A value of something that is listed. */
        FIELD
    }

    /** Ending of the root of a server that names it as others name their answers: ListPartsResponse. */
    private static final String RESPONSE = "Response";

    private static final String RESULT = "Result";

    /** Beginning of the roots of all listings, by which a server of S3 is told from a proxy. */
    private static final String LIST = "List";

    /** Root of <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListDirectoryBuckets.html">ListDirectoryBuckets</a>. */
    private static final String DIRECTORY_BUCKETS = "ListAllMyDirectoryBucketsResult";

    private static final Map<String, ListingElement> BY_NAME =
            Arrays.stream(values()).collect(toUnmodifiableMap(element -> element.name, Function.identity()));

    private final String name;
    private final Role role;
    /** A bit of its own for each field; 0 for all others. */
    final int bit;

    ListingElement(String name, Role role) {
        this.name = name;
        this.role = role;
        this.bit = 0;
    }

    ListingElement(String name, int bit) {
        this.name = name;
        this.role = Role.FIELD;
        this.bit = bit;
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
                        element.role == Role.OF_PAGE
                                || element == COMMON_PREFIXES
                                || element == BUCKETS
                                || (element.isEntry() && element != BUCKET);
                    case BUCKETS -> element == BUCKET;
                    case COMMON_PREFIXES -> element == PREFIX;
                    case ERROR -> element.role == Role.OF_ERROR;
                    case OWNER -> element.ofOwner();
                    default -> parent.isEntry() && ((element.isField() && !element.ofOwner()) || element == OWNER);
                };
        if (known && element.isEntry() && element.kind() != kind) {
            throw new MalformedPageException("<" + name + "> in a <" + kind.root + ">");
        }
        return known ? element : null;
    }

    private static ListingElement root(ListingKind kind, String name) {
        String result = name.endsWith(RESPONSE) ? name.replaceFirst(RESPONSE + "$", RESULT) : name;
        if (result.equals(kind.root) || (kind == ListingKind.BUCKETS && name.equals(DIRECTORY_BUCKETS))) {
            return PAGE;
        } else if (name.equals(ERROR.name)) {
            return ERROR;
        }
        String words = "<" + name + "> where <" + kind.root + "> was expected";
        throw name.startsWith(LIST)
                ? MalformedPageException.otherListing(words)
                : MalformedPageException.foreign(words);
    }

    private boolean ofOwner() {
        return this == OWNER_ID || this == OWNER_NAME;
    }

    /** Tells whether it is read where so much is asked for; else it is checked and passed over. */
    boolean isReadFor(ListingDetail detail) {
        return switch (this) {
            case ETAG, CHECKSUM_ALGORITHM -> detail != ListingDetail.FOR_TOTALS;
            case OWNER, OWNER_ID, OWNER_NAME -> detail == ListingDetail.WITH_OWNERS;
            default -> true;
        };
    }

    /** Tells whether it is an object, a version or another thing that is listed. */
    boolean isEntry() {
        return role == Role.ENTRY;
    }

    /** Tells whether it is a value of something that is listed. */
    boolean isField() {
        return role == Role.FIELD;
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
