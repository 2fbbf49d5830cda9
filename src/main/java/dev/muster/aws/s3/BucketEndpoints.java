package dev.muster.aws.s3;

import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.EndpointAuthScheme;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** Endpoints of buckets and the signing of requests to them, resolved once by the SDK's rules. Thread-safe. */
final class BucketEndpoints {
    /**
     * A bucket's endpoint.
     *
     * @param url the endpoint, including the bucket's name
     * @param signingName the service that signatures name
     * @param signingRegion the region that signatures name
     */
    record BucketEndpoint(URI url, String signingName, String signingRegion) {}

    private record BucketId(String bucket, Region region) {}

    private final AwsClients clients;
    private final S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
    private final Map<BucketId, BucketEndpoint> known = new ConcurrentHashMap<>();

    BucketEndpoints(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * The endpoint of a bucket.
     *
     * @param bucket empty for the endpoint of the service
     */
    BucketEndpoint of(String bucket, Region region) {
        return known.computeIfAbsent(new BucketId(bucket, region), this::resolve);
    }

    private BucketEndpoint resolve(BucketId id) {
        AwsSettings settings = clients.settings();
        S3EndpointParams.Builder parameters = S3EndpointParams.builder()
                .bucket(id.bucket().isEmpty() ? null : id.bucket())
                .region(id.region())
                .forcePathStyle(settings.bucketsInPath())
                .useFips(settings.fips().isPresent())
                .useDualStack(settings.dualstack().isPresent());
        settings.endpointOf("s3").ifPresent(url -> parameters.endpoint(url.toString()));
        try {
            Endpoint endpoint = rules.resolveEndpoint(parameters.build()).join();
            return signing(endpoint, endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES));
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static BucketEndpoint signing(Endpoint endpoint, List<EndpointAuthScheme> schemes) {
        for (EndpointAuthScheme scheme : schemes) {
            if (scheme instanceof SigV4AuthScheme signing) {
                return new BucketEndpoint(endpoint.url(), signing.signingName(), signing.signingRegion());
            }
        }
        throw new IllegalArgumentException(endpoint.url() + " takes no requests signed with signature version 4");
    }
}
