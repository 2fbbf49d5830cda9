package dev.muster.aws.s3;

import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.EndpointAuthScheme;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** Where each bucket answers and how requests to it are signed, by the SDK's rules, worked out once. Thread-safe. */
final class BucketEndpoints {
    /**
     * A bucket's endpoint.
     *
     * @param url where it answers, the bucket's name included
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

    BucketEndpoint of(String bucket, Region region) {
        return known.computeIfAbsent(new BucketId(bucket, region), this::resolve);
    }

    private BucketEndpoint resolve(BucketId id) {
        AwsSettings settings = clients.settings();
        S3EndpointParams.Builder parameters = S3EndpointParams.builder()
                .bucket(id.bucket())
                .region(id.region())
                .forcePathStyle(settings.pathStyle())
                .useFips(fips(settings))
                .useDualStack(dualstack(settings));
        override(settings, id.region()).ifPresent(url -> parameters.endpoint(url.toString()));
        try {
            Endpoint endpoint = rules.resolveEndpoint(parameters.build()).join();
            return signing(endpoint, endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES));
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What the settings say, else what the SDK's clients find in the environment and the profile. */
    private Optional<URI> override(AwsSettings settings, Region region) {
        return settings.endpointOf("s3")
                .or(() -> clients.s3(region).serviceClientConfiguration().endpointOverride());
    }

    private static BucketEndpoint signing(Endpoint endpoint, List<EndpointAuthScheme> schemes) {
        for (EndpointAuthScheme scheme : schemes) {
            if (scheme instanceof SigV4AuthScheme signing) {
                return new BucketEndpoint(endpoint.url(), signing.signingName(), signing.signingRegion());
            }
        }
        throw new IllegalArgumentException(endpoint.url() + " takes no requests signed with signature version 4");
    }

    private static boolean fips(AwsSettings settings) {
        FipsEnabledProvider.Builder provider = FipsEnabledProvider.builder();
        settings.profile().ifPresent(provider::profileName);
        return provider.build().isFipsEnabled().orElse(false);
    }

    private static boolean dualstack(AwsSettings settings) {
        DualstackEnabledProvider.Builder provider = DualstackEnabledProvider.builder();
        settings.profile().ifPresent(provider::profileName);
        return provider.build().isDualstackEnabled().orElse(false);
    }
}
