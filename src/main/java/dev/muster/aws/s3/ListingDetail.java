package dev.muster.aws.s3;

/** Extent to which the entries of a listing are read. */
public enum ListingDetail {
    /** Everything that totals need, without ETags, checksums and owners. */
    FOR_TOTALS,

    /** Also ETags and checksum algorithms. */
    ALL,

    /** Also owners, which S3 omits from a listing of objects unless asked for them. */
    WITH_OWNERS
}
