package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

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
