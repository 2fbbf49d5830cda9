package dev.muster.cli.option;

import com.typesafe.config.Config;
import dev.muster.aws.AwsEnvironment;
import dev.muster.aws.AwsRegions;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.EndpointUrl;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.config.ConfigSection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options about credentials and endpoints that AWS tools usually have. */
public final class AwsOptions {
    @Option(names = "--profile", paramLabel = "NAME", description = "a profile of the AWS configuration")
    String profile;

    @Option(
            names = "--keyid",
            paramLabel = "ID",
            description = "an access key id; together with --secret (default: AWS_ACCESS_KEY_ID)")
    public String keyId;

    @Option(
            names = "--secret",
            paramLabel = "KEY",
            description =
                    "its secret access key (default: AWS_SECRET_ACCESS_KEY, which other users of this machine cannot see)")
    public String secret;

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "the home region (default: of the profile or environment)")
    public String region;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description =
                    "the URL of all services, for other servers than AWS's (default: AWS_ENDPOINT_URL_S3 and so on, AWS_ENDPOINT_URL, the profile)")
    public String endpointUrl;

    /** Tells whether credentials, or a profile with credentials, are given. */
    public boolean credentialsGiven() {
        return profile != null || keyId != null || secret != null;
    }

    /** The settings for a number of requests at a time, with the environment of this process. */
    public AwsSettings settings(Config config, int maxConnections) {
        return settings(config, AwsEnvironment.of(System.getenv()), maxConnections);
    }

    /** The settings for a number of requests at a time. */
    public AwsSettings settings(Config config, AwsEnvironment environment, int maxConnections) {
        Optional<URI> endpoint =
                Optional.ofNullable(endpointUrl).map(text -> EndpointUrl.parse("--endpoint-url", text));
        return new AwsSettings(
                Optional.ofNullable(profile),
                keys(),
                Optional.ofNullable(region).map(name -> AwsRegions.require("--region", name)),
                endpoint,
                Map.of(),
                false,
                false,
                timeouts(config),
                maxConnections,
                environment);
    }

    /** Identity of an estate, without secrets, by the given options: nodes of a cluster have endpoints of their own. */
    public Map<String, String> origin() {
        return Map.of(
                "profile", Optional.ofNullable(profile).orElse(""),
                "endpoint-url", Optional.ofNullable(endpointUrl).orElse(""));
    }

    /**
     * Identity of an estate, without secrets, for a run on this machine.
     *
     * @param account the account, which makes the profile irrelevant; empty if unknown
     * @param endpoint the endpoint in use, wherever it was set
     */
    public Map<String, String> origin(String account, Optional<URI> endpoint) {
        return Map.of(
                "profile",
                account.isEmpty() && profile != null ? profile : "",
                "endpoint-url",
                endpoint.map(URI::toString).orElse(""));
    }

    private Optional<AccessKeys> keys() {
        if (keyId == null && secret == null) {
            return Optional.empty();
        }
        requireText("--keyid", keyId);
        requireText("--secret", secret);
        Optional<String> id = Optional.ofNullable(keyId).or(() -> environment("AWS_ACCESS_KEY_ID"));
        Optional<String> key = Optional.ofNullable(secret).or(() -> environment("AWS_SECRET_ACCESS_KEY"));
        if (id.isEmpty() || key.isEmpty()) {
            throw new UserException(ExitCodes.USAGE, "--keyid and --secret belong together: give both");
        }
        return Optional.of(new AccessKeys(id.get(), key.get(), sessionToken(id.get())));
    }

    /** Refuses a blank value, which an unset variable of a script causes. */
    private static void requireText(String name, String value) {
        if (value != null && value.isBlank()) {
            throw new UserException(
                    ExitCodes.USAGE, name + " is empty: give both --keyid and --secret, or neither of them");
        }
    }

    /**
     * Session token for a key id: the token in the environment belongs to the key id in the environment, if there is
     * one, and to no other.
     */
    private static Optional<String> sessionToken(String id) {
        boolean others =
                environment("AWS_ACCESS_KEY_ID").filter(own -> !own.equals(id)).isPresent();
        return others ? Optional.empty() : environment("AWS_SESSION_TOKEN");
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    private static Timeouts timeouts(Config config) {
        ConfigSection section = ConfigSection.of(config, "muster.aws.timeout");
        return new Timeouts(timeout(section, "connect"), timeout(section, "read"), timeout(section, "request"));
    }

    private static Duration timeout(ConfigSection section, String key) {
        return section.duration(key, Duration.ofMillis(1), Duration.ofDays(1));
    }
}
