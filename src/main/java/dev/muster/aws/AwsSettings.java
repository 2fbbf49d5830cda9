package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach AWS. What is left out comes from the SDK's usual places: environment variables, system properties, the
 * profile, the instance.
 *
 * @param profile the named profile to use, before any environment variable
 * @param keys credentials given outright, before any profile
 * @param region the home region
 * @param endpoint where all services answer
 * @param endpoints where single services answer, by lower-case name: {@code s3}, {@code sts}
 * @param pathStyle whether buckets go into the path and not into the host name
 * @param requestPayer whether we pay for requests to buckets whose owner does not
 * @param timeouts how long to wait
 * @param maxConnections the most connections, and so the most requests at a time; positive
 */
public record AwsSettings(
        Optional<String> profile,
        Optional<AccessKeys> keys,
        Optional<String> region,
        Optional<URI> endpoint,
        Map<String, URI> endpoints,
        boolean pathStyle,
        boolean requestPayer,
        Timeouts timeouts,
        int maxConnections) {
    /** Everything from the SDK's usual places; 64 connections. */
    public static final AwsSettings DEFAULT = new AwsSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false,
            false,
            Timeouts.DEFAULT,
            64);

    public AwsSettings {
        requireNonNull(profile, "profile is null");
        requireNonNull(keys, "keys is null");
        requireNonNull(region, "region is null");
        requireNonNull(endpoint, "endpoint is null");
        endpoints = Map.copyOf(endpoints);
        requireNonNull(timeouts, "timeouts is null");
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections is not positive: " + maxConnections);
        }
    }

    /** Where a service answers, if that is set here. */
    public Optional<URI> endpointOf(String service) {
        return Optional.ofNullable(endpoints.get(service)).or(() -> endpoint);
    }
}
