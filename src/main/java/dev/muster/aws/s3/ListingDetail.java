package dev.muster.aws.s3;

/** Extent to which the entries of a listing are read. */
public enum ListingDetail {
    /** Everything that totals need; ETags, checksums and owners are passed over. */
    FOR_TOTALS,

    /** ETags and checksum algorithms too. */
    ALL,

    /** Owners too, which S3 leaves out of a listing of objects unless it is asked for them. */
    WITH_OWNERS
}
