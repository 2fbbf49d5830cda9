package dev.muster.audit.profile;

import static java.util.Objects.requireNonNull;

/**
 * Identity of a listing: what was learned about one is of no use to another.
 *
 * @param endpoint S3's endpoint; empty for AWS
 * @param account empty on servers without accounts
 * @param prefix only keys that begin so were listed
 * @param versions whether versions were listed, or objects
 */
record ListingIdentity(String endpoint, String account, String bucket, String prefix, boolean versions) {
    ListingIdentity {
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(account, "account is null");
        requireNonNull(bucket, "bucket is null");
        requireNonNull(prefix, "prefix is null");
    }
}
