package dev.muster.aws.s3;

/** The answers of S3 that {@link ListingParser} reads, by their root elements. */
enum ListingKind {
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>. */
    OBJECTS("ListBucketResult"),
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html">ListObjectVersions</a>. */
    VERSIONS("ListVersionsResult"),
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html">ListMultipartUploads</a>. */
    UPLOADS("ListMultipartUploadsResult"),
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html">ListParts</a>. */
    PARTS("ListPartsResult"),
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a>. */
    BUCKETS("ListAllMyBucketsResult");

    final String root;

    ListingKind(String root) {
        this.root = root;
    }

    /** Tells whether keys must ascend; for uploads the reader of the whole listing decides. */
    boolean ordered() {
        return this == OBJECTS || this == VERSIONS;
    }

    /** Tells whether several entries in a row may have the same key. */
    boolean repeatsKeys() {
        return this == VERSIONS || this == UPLOADS;
    }
}
