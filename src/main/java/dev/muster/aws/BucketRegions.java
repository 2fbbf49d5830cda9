package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;

/** Finds out in which region a bucket is. */
public final class BucketRegions {
    private static final String HEADER = "x-amz-bucket-region";
    private static final Pattern ELEMENT = Pattern.compile("<Region>([a-z0-9-]+)</Region>");

    private final AwsClients clients;

    public BucketRegions(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * Asks S3 by <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</a>, which
     * tells the region even to those who may not enter the bucket. Empty if the server does not tell. The future fails
     * as the request does when the error tells no region. Cancelling it ends the request.
     */
    public CompletableFuture<Optional<Region>> find(
            String bucket, IdentityProvider<AwsCredentialsIdentity> credentials) {
        CompletableFuture<HeadBucketResponse> call =
                clients.call(() -> clients.s3(clients.home()).headBucket(request -> request.bucket(bucket)
                        .overrideConfiguration(override -> override.credentialsProvider(credentials))));
        CompletableFuture<Optional<Region>> region =
                call.handle((response, failure) -> failure == null ? of(response) : Optional.of(orRethrow(failure)));
        var unused = region.whenComplete((found, failure) -> call.cancel(true));
        return region;
    }

    private static Optional<Region> of(HeadBucketResponse response) {
        return Optional.ofNullable(response.bucketRegion()).map(Region::of);
    }

    private static Region orRethrow(Throwable failure) {
        return named(failure).orElseThrow(() -> new CompletionException(failure));
    }

    /**
     * The region that an error names as the right one: of a redirect (301), of {@code AuthorizationHeaderMalformed} and
     * {@code IllegalLocationConstraintException} (400), or of any other answer about a bucket.
     */
    public static Optional<Region> named(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof AwsServiceException service && service.awsErrorDetails() != null) {
                return named(service.awsErrorDetails());
            }
        }
        return Optional.empty();
    }

    private static Optional<Region> named(AwsErrorDetails details) {
        return Optional.ofNullable(details.sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader(HEADER))
                .or(() -> inBody(details))
                .map(Region::of);
    }

    private static Optional<String> inBody(AwsErrorDetails details) {
        if (details.rawResponse() == null) {
            return Optional.empty();
        }
        Matcher matcher = ELEMENT.matcher(details.rawResponse().asString(UTF_8));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
