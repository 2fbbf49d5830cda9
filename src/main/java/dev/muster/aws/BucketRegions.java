package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.Failure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Finds out the region of a bucket. */
public final class BucketRegions {
    private static final String HEADER = "x-amz-bucket-region";
    /** The form of a region's name; it becomes part of a host's. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}(\\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*");

    /** The region itself, or in the name of a host of AWS. */
    private static final Pattern ELEMENT = Pattern.compile("<Region>\\s*([A-Za-z0-9.-]+)\\s*</Region>"
            + "|<Endpoint>[^<]*\\bs3[.-]([a-z]{2,4}(?:-[a-z]+)+-\\d)\\.amazonaws\\.com[^<]*</Endpoint>");

    /** Messages of AWS and MinIO, and of Garage, which names the whole scope of the signature. */
    private static final Pattern WORDS =
            Pattern.compile("expecting '([A-Za-z0-9.-]+)'|expected: \\d+/([A-Za-z0-9.-]+)/s3");

    private final AwsClients clients;

    public BucketRegions(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * Sends a request to a region, and once more to another one if the server names that as the right one.
     *
     * @param request sends the request to a given region
     */
    public static <T> CompletableFuture<T> follow(Region region, Function<Region, CompletableFuture<T>> request) {
        return RequestChain.next(request.apply(region), (answer, error) -> {
            if (error == null) {
                return CompletableFuture.completedFuture(answer);
            }
            return named(error)
                    .filter(other -> !other.equals(region))
                    .map(request)
                    .orElseGet(() -> CompletableFuture.failedFuture(error));
        });
    }

    /**
     * Asks S3 by <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</a>, which
     * tells the region even to callers without access to the bucket. Empty if the server does not tell. If an error
     * names no region, the future fails with it, except for a bad request (400): an answer to HEAD has no body that
     * could say why. Cancelling it ends the request.
     */
    public CompletableFuture<Optional<Region>> find(
            String bucket, IdentityProvider<AwsCredentialsIdentity> credentials) {
        CompletableFuture<HeadBucketResponse> call =
                clients.call(() -> clients.s3(clients.home()).headBucket(request -> request.bucket(bucket)
                        .overrideConfiguration(override -> override.credentialsProvider(credentials))));
        return RequestChain.handle(call, (response, failure) -> failure == null ? of(response) : orRethrow(failure));
    }

    /** The region with a name given by a server; empty if it cannot be a region's name. */
    public static Optional<Region> of(String name) {
        return Optional.of(name.strip())
                .filter(given -> NAME.matcher(given).matches())
                .map(Region::of);
    }

    private static Optional<Region> of(HeadBucketResponse response) {
        return Optional.ofNullable(response.bucketRegion()).flatMap(BucketRegions::of);
    }

    private static Optional<Region> orRethrow(Throwable failure) {
        Optional<Region> region = named(failure);
        if (region.isEmpty() && !isBadRequest(failure)) {
            throw new CompletionException(failure);
        }
        return region;
    }

    private static boolean isBadRequest(Throwable failure) {
        return Failure.cause(failure) instanceof S3Exception s3 && s3.statusCode() == 400;
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
                .flatMap(BucketRegions::of)
                .or(() -> inBody(details).flatMap(BucketRegions::of))
                .or(() -> inWords(details).flatMap(BucketRegions::of));
    }

    private static Optional<String> inBody(AwsErrorDetails details) {
        return Optional.ofNullable(details.rawResponse())
                .map(body -> ELEMENT.matcher(body.asString(UTF_8)))
                .filter(Matcher::find)
                .map(BucketRegions::group);
    }

    /** The region in an error's message, as the SDK does not keep the body of S3's errors. */
    private static Optional<String> inWords(AwsErrorDetails details) {
        return Optional.ofNullable(details.errorMessage())
                .map(WORDS::matcher)
                .filter(Matcher::find)
                .map(BucketRegions::group);
    }

    private static String group(Matcher matcher) {
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
}
