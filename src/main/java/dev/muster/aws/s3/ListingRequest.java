package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

/**
 * A request for one page of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>. Listings go on by
 * key, or by token where a server cannot do that.
 *
 * @param bucket the bucket's name
 * @param region where the bucket is
 * @param credentials with whose rights
 * @param prefix only keys that begin so; empty for all
 * @param delimiter rolls keys up to common prefixes; empty for none
 * @param startAfter only keys after this one
 * @param token the place where the server has said that the listing goes on; it replaces {@code startAfter} in the request
 * @param anyOrder whether keys may come in any order
 * @param most how many keys the page may have; 1 to {@link #MOST}
 */
public record ListingRequest(
        String bucket,
        Region region,
        IdentityProvider<AwsCredentialsIdentity> credentials,
        String prefix,
        String delimiter,
        Optional<ObjectKey> startAfter,
        Optional<String> token,
        boolean anyOrder,
        int most) {
    /** Number of keys that S3 gives at most. */
    public static final int MOST = 1000;

    public ListingRequest {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(region, "region is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(delimiter, "delimiter is null");
        requireNonNull(startAfter, "startAfter is null");
        requireNonNull(token, "token is null");
    }

    /** For the first thousand keys of a bucket. */
    public static ListingRequest of(
            String bucket, Region region, IdentityProvider<AwsCredentialsIdentity> credentials) {
        return new ListingRequest(bucket, region, credentials, "", "", Optional.empty(), Optional.empty(), false, MOST);
    }

    public ListingRequest withPrefix(String newPrefix) {
        return new ListingRequest(bucket, region, credentials, newPrefix, delimiter, startAfter, token, anyOrder, most);
    }

    public ListingRequest withDelimiter(String newDelimiter) {
        return new ListingRequest(bucket, region, credentials, prefix, newDelimiter, startAfter, token, anyOrder, most);
    }

    public ListingRequest withStartAfter(Optional<ObjectKey> key) {
        return new ListingRequest(bucket, region, credentials, prefix, delimiter, key, token, anyOrder, most);
    }

    /** The same by token, if there is one, and in whatever order. */
    public ListingRequest inAnyOrder(Optional<String> newToken) {
        return new ListingRequest(bucket, region, credentials, prefix, delimiter, startAfter, newToken, true, most);
    }

    /** The same with a page of so many keys at most. */
    public ListingRequest withMost(int keys) {
        return new ListingRequest(bucket, region, credentials, prefix, delimiter, startAfter, token, anyOrder, keys);
    }
}
