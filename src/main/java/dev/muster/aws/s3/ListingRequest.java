package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

/**
 * A request for one page of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>. Listings continue by
 * key, or by token if a server cannot do that.
 *
 * @param bucket the bucket's name
 * @param region where the bucket is
 * @param credentials the credentials of the request
 * @param prefix beginning of the keys to list; empty for all
 * @param delimiter rolls keys up to common prefixes; empty for none
 * @param startAfter only keys after this one
 * @param token place from which the server said the listing continues; it replaces {@code startAfter} in the request
 * @param anyOrder whether keys may come in any order
 * @param byMarker whether the start is also named as servers expect it that know the first version of the operation alone
 * @param most greatest number of keys of the page; 1 to {@link #MOST}
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
        boolean byMarker,
        int most) {
    /** Greatest number of keys that S3 returns. */
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

    /** Request for the first thousand keys of a bucket. */
    public static ListingRequest of(
            String bucket, Region region, IdentityProvider<AwsCredentialsIdentity> credentials) {
        return new ListingRequest(
                bucket, region, credentials, "", "", Optional.empty(), Optional.empty(), false, false, MOST);
    }

    public ListingRequest withPrefix(String newPrefix) {
        return new ListingRequest(
                bucket, region, credentials, newPrefix, delimiter, startAfter, token, anyOrder, byMarker, most);
    }

    public ListingRequest withDelimiter(String newDelimiter) {
        return new ListingRequest(
                bucket, region, credentials, prefix, newDelimiter, startAfter, token, anyOrder, byMarker, most);
    }

    public ListingRequest withStartAfter(Optional<ObjectKey> key) {
        return new ListingRequest(bucket, region, credentials, prefix, delimiter, key, token, anyOrder, byMarker, most);
    }

    /** The same request by token, if there is one. */
    public ListingRequest withToken(Optional<String> newToken) {
        return new ListingRequest(
                bucket, region, credentials, prefix, delimiter, startAfter, newToken, anyOrder, byMarker, most);
    }

    /** The same request by token, if there is one, for keys in any order. */
    public ListingRequest inAnyOrder(Optional<String> newToken) {
        return new ListingRequest(
                bucket, region, credentials, prefix, delimiter, startAfter, newToken, true, byMarker, most);
    }

    /** The same request for servers that know the first version of the operation alone. */
    public ListingRequest alsoByMarker() {
        return new ListingRequest(
                bucket, region, credentials, prefix, delimiter, startAfter, token, anyOrder, true, most);
    }

    /** The same request with another greatest number of keys. */
    public ListingRequest withMost(int keys) {
        return new ListingRequest(
                bucket, region, credentials, prefix, delimiter, startAfter, token, anyOrder, byMarker, keys);
    }

    /**
     * The bucket that a request is sent to.
     *
     * @param bucket its name; empty for the service itself
     * @param region where it is
     * @param credentials with whose rights
     */
    public record BucketRequest(String bucket, Region region, IdentityProvider<AwsCredentialsIdentity> credentials) {
        public BucketRequest {
            requireNonNull(bucket, "bucket is null");
            requireNonNull(region, "region is null");
            requireNonNull(credentials, "credentials is null");
        }
    }

    /**
     * A request for one page of <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html">ListObjectVersions</a>.
     *
     * @param bucket the bucket's name
     * @param region where the bucket is
     * @param credentials the credentials of the request
     * @param prefix beginning of the keys to list; empty for all
     * @param keyMarker only keys after this one, or with a version marker what comes after that version of it
     * @param versionIdMarker the last version seen of the key marker; not without a key marker
     * @param anyOrder whether keys may come in any order
     */
    public record VersionsRequest(
            String bucket,
            Region region,
            IdentityProvider<AwsCredentialsIdentity> credentials,
            String prefix,
            Optional<ObjectKey> keyMarker,
            Optional<String> versionIdMarker,
            boolean anyOrder) {
        public VersionsRequest {
            requireNonNull(bucket, "bucket is null");
            requireNonNull(region, "region is null");
            requireNonNull(credentials, "credentials is null");
            requireNonNull(prefix, "prefix is null");
            requireNonNull(keyMarker, "keyMarker is null");
            requireNonNull(versionIdMarker, "versionIdMarker is null");
            if (versionIdMarker.isPresent() && keyMarker.isEmpty()) {
                throw new IllegalArgumentException("a version marker without a key marker");
            }
        }
    }
}
