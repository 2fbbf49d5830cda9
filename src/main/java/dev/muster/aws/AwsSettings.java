package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsEnvironment.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Settings of the access to AWS. What is left out comes from where all AWS tools look: environment variables, system
 * properties, the profile, the instance.
 *
 * @param profile the named profile to use, before any environment variable
 * @param keys credentials that take precedence over any profile
 * @param region the home region
 * @param endpoint the URL of all services
 * @param endpoints URLs of single services, by lower-case name: {@code s3}, {@code sts}
 * @param pathStyle whether bucket names go into the path instead of the host name
 * @param requestPayer whether the caller pays for requests to buckets whose owner does not
 * @param timeouts the longest waits
 * @param maxConnections greatest number of connections, and so of simultaneous requests; positive
 * @param environment source of what is left out
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
        int maxConnections,
        AwsEnvironment environment) {
    private static final List<String> SERVICES = List.of("s3", "sts", "sqs", "sns", "organizations", "account");

    /** Keys of profiles of which each gives credentials, or a part of them. */
    private static final List<String> OF_CREDENTIALS = List.of(
            "aws_access_key_id",
            "aws_secret_access_key",
            "role_arn",
            "credential_process",
            "sso_session",
            "sso_start_url",
            "sso_account_id");

    /** Everything from the usual sources; 64 connections. */
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

    /** Settings with the environment of this process. */
    public AwsSettings(
            Optional<String> profile,
            Optional<AccessKeys> keys,
            Optional<String> region,
            Optional<URI> endpoint,
            Map<String, URI> endpoints,
            boolean pathStyle,
            boolean requestPayer,
            Timeouts timeouts,
            int maxConnections) {
        this(
                profile,
                keys,
                region,
                endpoint,
                endpoints,
                pathStyle,
                requestPayer,
                timeouts,
                maxConnections,
                AwsEnvironment.of(System.getenv()));
    }

    public AwsSettings {
        requireNonNull(profile, "profile is null");
        requireNonNull(keys, "keys is null");
        requireNonNull(region, "region is null");
        requireNonNull(endpoint, "endpoint is null");
        endpoints = Map.copyOf(endpoints);
        requireNonNull(timeouts, "timeouts is null");
        requireNonNull(environment, "environment is null");
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections is not positive: " + maxConnections);
        }
    }

    /** The settings for requests without credentials. */
    public AwsSettings anonymous() {
        return with(Optional.empty(), Optional.of(AccessKeys.ANONYMOUS), endpoints, pathStyle, requestPayer, timeouts);
    }

    /** The settings with buckets in the path or not, and with or without paying for requests. */
    public AwsSettings requesting(boolean bucketsInPath, boolean requestPayer) {
        return with(profile, keys, endpoints, bucketsInPath, requestPayer, timeouts);
    }

    /** The settings with other timeouts. */
    public AwsSettings with(Timeouts timeouts) {
        return with(profile, keys, endpoints, pathStyle, requestPayer, timeouts);
    }

    /** The settings with one service at a URL of its own. */
    public AwsSettings at(String service, URI url) {
        Map<String, URI> all = new HashMap<>(endpoints);
        all.put(service, url);
        return with(profile, keys, all, pathStyle, requestPayer, timeouts);
    }

    private AwsSettings with(
            Optional<String> profile,
            Optional<AccessKeys> keys,
            Map<String, URI> endpoints,
            boolean pathStyle,
            boolean requestPayer,
            Timeouts timeouts) {
        return new AwsSettings(
                profile,
                keys,
                region,
                endpoint,
                endpoints,
                pathStyle,
                requestPayer,
                timeouts,
                maxConnections,
                environment);
    }

    /**
     * A service's endpoint, if it is not AWS's own: as set here, else by variables and then by the profile, of the
     * service before that of all services.
     *
     * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">the precedence</a>
     * @throws AwsSettingsException if the one in force is no URL
     */
    public Optional<URI> endpointOf(String service) {
        return Optional.ofNullable(endpoints.get(service)).or(() -> endpoint).or(() -> configuredEndpoint(service));
    }

    private Optional<URI> configuredEndpoint(String service) {
        if (ignoresConfiguredEndpoints()) {
            return Optional.empty();
        }
        String own = "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT);
        return environment
                .variable(own, "AWS_ENDPOINT_URL")
                .or(() -> environment.ofServices(profile, needsProfile(), service))
                .or(() -> environment.ofProfile(profile, needsProfile(), "endpoint_url"))
                .map(setting -> EndpointUrl.parse(setting.source(), setting.value()));
    }

    /** Tells whether only endpoints that are set here count. */
    boolean ignoresConfiguredEndpoints() {
        return asked("ignore_configured_endpoint_urls", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
                .isPresent();
    }

    /** The endpoints in use that are not AWS's own. */
    Stream<URI> endpointsInForce() {
        return Stream.concat(SERVICES.stream(), endpoints.keySet().stream())
                .distinct()
                .map(this::endpointOf)
                .flatMap(Optional::stream);
    }

    /** Tells whether requests carry no credentials. */
    public boolean unsigned() {
        return keys.filter(AccessKeys.ANONYMOUS::equals).isPresent();
    }

    /** The setting that asks for FIPS endpoints, if one does. */
    public Optional<String> fips() {
        return asked("use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT");
    }

    /** The setting that asks for dual-stack endpoints, if one does. */
    public Optional<String> dualstack() {
        return asked("use_dualstack_endpoint", "AWS_USE_DUALSTACK_ENDPOINT");
    }

    private Optional<String> asked(String profileKey, String variable) {
        return find(profileKey, variable)
                .filter(setting -> setting.value().equalsIgnoreCase("true"))
                .map(Setting::source);
    }

    /**
     * Checks for contradictions.
     *
     * @throws AwsSettingsException if FIPS or dual-stack endpoints are asked for, which AWS alone has, and others are
     *     set
     */
    void validate() {
        endpointsInForce().findFirst().ifPresent(url -> {
            fips().ifPresent(source -> refuse(source, "FIPS endpoints", url));
            dualstack().ifPresent(source -> refuse(source, "dual-stack endpoints", url));
        });
    }

    private static void refuse(String source, String what, URI url) {
        throw new AwsSettingsException(source + " asks for " + what + ", which only AWS has, but the endpoint " + url
                + " is set: unset " + source + ", or the endpoint");
    }

    /** Tells whether any request may go to a server that uses TLS. */
    boolean needsTls() {
        return SERVICES.stream().anyMatch(service -> endpointOf(service)
                .map(url -> url.getScheme().equals("https"))
                .orElse(true));
    }

    /**
     * Tells whether bucket names are in the path, as they are if an endpoint is set: few servers have a host name per
     * bucket.
     */
    public boolean bucketsInPath() {
        return pathStyle || endpointOf("s3").isPresent();
    }

    /** The setting of a variable, else of the profile. */
    Optional<Setting> find(String profileKey, String... variables) {
        return environment.variable(variables).or(() -> environment.ofProfile(profile, needsProfile(), profileKey));
    }

    /** The profiles, with all of their files readable if credentials come from them. */
    ProfileFile profiles() {
        return environment.profiles(needsProfile());
    }

    /** Name of the profile in use, as in {@link #profiles}. */
    String profileName() {
        return ProfileReader.encoded(environment.profileName(profile));
    }

    /** The profile in use if credentials come from it: it is named by an option or a variable, or has some. */
    Optional<String> credentialsProfile() {
        if (profile.isPresent()) {
            return profile;
        } else if (!needsProfile()
                || environment.variable("AWS_WEB_IDENTITY_TOKEN_FILE").isPresent()) {
            return Optional.empty();
        }
        boolean named =
                environment.variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE").isPresent();
        boolean gives = profiles()
                .profile(profileName())
                .map(found -> OF_CREDENTIALS.stream().anyMatch(found.properties()::containsKey))
                .orElse(named);
        return gives ? Optional.of(environment.profileName(profile)) : Optional.empty();
    }

    /** Fails if the profile's role takes a code that somebody would have to enter. */
    void requireNoCode() {
        profiles()
                .profile(profileName())
                .filter(found -> found.property("mfa_serial").isPresent()
                        && found.property("role_arn").isPresent())
                .ifPresent(found -> {
                    throw new IllegalStateException(
                            "its role takes an MFA code (mfa_serial), for which nobody is asked here;"
                                    + " set the variables that aws configure export-credentials --format env prints");
                });
    }

    private boolean needsProfile() {
        return keys.isEmpty()
                && (profile.isPresent()
                        || environment.variable("AWS_ACCESS_KEY_ID").isEmpty()
                        || environment.variable("AWS_SECRET_ACCESS_KEY").isEmpty());
    }

    /**
     * Timeouts for a service; all positive.
     *
     * @param connect until the connection stands, TLS included
     * @param read until the first byte of an answer, and from one byte to the next
     * @param request for a whole request and its answer
     */
    public record Timeouts(Duration connect, Duration read, Duration request) {
        /** 5, 20 and 60 seconds. */
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60));

        public Timeouts {
            requirePositive(connect, "connect");
            requirePositive(read, "read");
            requirePositive(request, "request");
        }

        private static void requirePositive(Duration duration, String name) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException(name + " timeout is not positive: " + duration);
            }
        }
    }

    /**
     * Credentials given as an access key.
     *
     * @param id access key id
     * @param secret the secret access key
     * @param sessionToken the token of temporary credentials
     */
    public record AccessKeys(String id, String secret, Optional<String> sessionToken) {
        /** No credentials: requests are sent unsigned, as public buckets accept them. */
        public static final AccessKeys ANONYMOUS = new AccessKeys("", "", Optional.empty());

        public AccessKeys {
            requireNonNull(id, "id is null");
            requireNonNull(secret, "secret is null");
            requireNonNull(sessionToken, "sessionToken is null");
        }

        /** Keeps the secrets out of logs. */
        @Override
        public String toString() {
            return "AccessKeys[" + id + "]";
        }
    }

    /** Unusable setting in this machine's environment or AWS configuration: one line with its place and a remedy. */
    public static final class AwsSettingsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AwsSettingsException(String message) {
            this(message, null);
        }

        AwsSettingsException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
