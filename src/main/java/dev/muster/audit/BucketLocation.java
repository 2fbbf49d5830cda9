package dev.muster.audit;

import static java.util.Objects.requireNonNull;

/**
 * A bucket to be listed, with the account and region to ask.
 *
 * @param account the id of the account that owns it and with whose rights it is listed; empty if it could not be found
 *     out
 * @param region the region of the bucket, as far as known
 * @param moved whether the region was named by an answer; a second redirection is not followed
 * @param asOfMillis instant that ages are relative to, in epoch milliseconds: the first start of the run
 */
public record BucketLocation(
        String account, String bucket, String region, boolean moved, long asOfMillis, ListingMode mode) {
    public BucketLocation {
        requireNonNull(account, "account is null");
        requireNonNull(bucket, "bucket is null");
        requireNonNull(region, "region is null");
        requireNonNull(mode, "mode is null");
    }

    /** A bucket that is to be listed in parts. */
    public BucketLocation(String account, String bucket, String region, boolean moved, long asOfMillis) {
        this(account, bucket, region, moved, asOfMillis, ListingMode.IN_PARTS);
    }

    /**
     * Tells whether it is a <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-buckets-overview.html"> directory
     * bucket</a>, which its name tells: its keys are in no order.
     */
    boolean directory() {
        return bucket.endsWith("--x-s3");
    }

    /** The bucket's row in the report. */
    public BucketId id() {
        return new BucketId(account, bucket);
    }

    BucketLocation in(String otherRegion) {
        return new BucketLocation(account, bucket, otherRegion, true, asOfMillis, mode);
    }

    BucketLocation in(ListingMode otherMode) {
        return new BucketLocation(account, bucket, region, moved, asOfMillis, otherMode);
    }
}
