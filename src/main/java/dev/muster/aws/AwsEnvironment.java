package dev.muster.aws;

import dev.muster.aws.AwsSettings.AwsSettingsException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Settings that AWS tools share: environment variables, each of which a system property may replace as in the SDK
 * ({@code aws.endpointUrlS3} for {@code AWS_ENDPOINT_URL_S3}), and keys of profiles. A blank value counts as unset. The
 * files with profiles are read when first needed. Thread-safe.
 */
public final class AwsEnvironment {
    /** Nothing is set. */
    public static final AwsEnvironment NONE =
            new AwsEnvironment(Map.of(), () -> ProfileFile.aggregator().build());

    private static final Logger LOG = LoggerFactory.getLogger(AwsEnvironment.class);

    /**
     * A value in force.
     *
     * @param source what set it: {@code AWS_REGION}, {@code region of profile prod}
     */
    record Setting(String value, String source) {}

    private final Map<String, String> variables;
    private final Lazy<ProfileFile> profiles;
    private volatile boolean passedOver;

    private AwsEnvironment(Map<String, String> variables, Supplier<ProfileFile> profiles) {
        this.variables = Map.copyOf(variables);
        this.profiles = new Lazy<>(profiles);
    }

    /** An environment of these variables and the profiles of this machine. */
    public static AwsEnvironment of(Map<String, String> variables) {
        return new AwsEnvironment(variables, ProfileReader::read);
    }

    /** The first of these variables that is set. */
    Optional<Setting> variable(String... names) {
        return Stream.of(names)
                .flatMap(name -> Optional.ofNullable(System.getProperty(property(name)))
                        .or(() -> Optional.ofNullable(variables.get(name)))
                        .filter(value -> !value.isBlank())
                        .map(value -> new Setting(value.strip(), name))
                        .stream())
                .findFirst();
    }

    /** Tells whether a variable is set to nothing. */
    boolean isEmptied(String name) {
        return variables.getOrDefault(name, "set").isBlank() && System.getProperty(property(name)) == null;
    }

    /**
     * Name of a variable's property, as in AWS's own tools: {@code aws.useFipsEndpoint} for {@code
     * AWS_USE_FIPS_ENDPOINT}.
     */
    private static String property(String variable) {
        String[] words = variable.toLowerCase(Locale.ROOT).split("_", 2);
        if (words.length < 2) {
            return variable;
        }
        StringBuilder camel = new StringBuilder(words[0]).append('.');
        boolean upper = false;
        for (char letter : words[1].toCharArray()) {
            camel.append(upper ? Character.toUpperCase(letter) : letter == '_' ? "" : letter);
            upper = letter == '_';
        }
        return camel.toString();
    }

    /** The profile in use: the one that is named, else that of the variables, else {@code default}. */
    String profileName(Optional<String> named) {
        return named.or(() -> variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE").map(Setting::value))
                .orElse("default");
    }

    /** A key of the profile in use, or of one of its sections: {@code region}. */
    Optional<Setting> ofProfile(Optional<String> named, boolean needed, String key) {
        String name = profileName(named);
        return profile(named, needed)
                .flatMap(profile -> profile.property(key))
                .filter(value -> !value.isBlank())
                .map(value -> new Setting(value.strip(), key + " of profile " + name));
    }

    /** A service's endpoint in the section of services that the profile in use refers to. */
    Optional<Setting> ofServices(Optional<String> named, boolean needed, String service) {
        return ofProfile(named, needed, "services").flatMap(section -> profiles(needed)
                .getSection("services", section.value())
                .flatMap(services -> services.property(service + ".endpoint_url"))
                .filter(value -> !value.isBlank())
                .map(value -> new Setting(value.strip(), "endpoint_url of " + service + " in the AWS configuration")));
    }

    private Optional<Profile> profile(Optional<String> named, boolean needed) {
        boolean asked = needed
                || named.isPresent()
                || variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE").isPresent();
        return profiles(asked).profile(ProfileReader.encoded(profileName(named)));
    }

    /**
     * The profiles of this machine.
     *
     * @param needed whether they are needed; if not, files that cannot be read are ignored with a warning
     * @throws AwsSettingsException if they are needed and cannot be read
     */
    ProfileFile profiles(boolean needed) {
        if (passedOver && !needed) {
            return NONE.profiles.get();
        }
        try {
            return profiles.get();
        } catch (AwsSettingsException e) {
            if (needed) {
                throw e;
            }
            LOG.warn("{}; nothing in it is used", e.getMessage());
            passedOver = true;
            return NONE.profiles.get();
        }
    }
}
