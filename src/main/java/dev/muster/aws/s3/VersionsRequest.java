package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

/**
 * A request for one page of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html">ListObjectVersions</a>.
 *
 * @param bucket the bucket's name
 * @param region where the bucket is
 * @param credentials credentials of the request
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
