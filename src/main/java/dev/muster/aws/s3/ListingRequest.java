package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

/**
 * A request for one page of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>. Listings go on by
 * key, never by token.
 *
 * @param bucket the bucket's name
 * @param region where the bucket is
 * @param credentials with whose rights
 * @param prefix only keys that begin so; empty for all
 * @param delimiter rolls keys up to common prefixes; empty for none
 * @param startAfter only keys after this one
 */
public record ListingRequest(
        String bucket,
        Region region,
        IdentityProvider<AwsCredentialsIdentity> credentials,
        String prefix,
        String delimiter,
        Optional<ObjectKey> startAfter) {
    public ListingRequest {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(region, "region is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(delimiter, "delimiter is null");
        requireNonNull(startAfter, "startAfter is null");
    }

    /** For the first thousand keys of a bucket. */
    public static ListingRequest of(
            String bucket, Region region, IdentityProvider<AwsCredentialsIdentity> credentials) {
        return new ListingRequest(bucket, region, credentials, "", "", Optional.empty());
    }

    public ListingRequest withPrefix(String newPrefix) {
        return new ListingRequest(bucket, region, credentials, newPrefix, delimiter, startAfter);
    }

    public ListingRequest withDelimiter(String newDelimiter) {
        return new ListingRequest(bucket, region, credentials, prefix, newDelimiter, startAfter);
    }

    public ListingRequest withStartAfter(Optional<ObjectKey> key) {
        return new ListingRequest(bucket, region, credentials, prefix, delimiter, key);
    }
}
