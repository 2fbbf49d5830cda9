package dev.muster.aws;

import dev.muster.aws.AwsEnvironment.Setting;
import dev.muster.aws.AwsSettings.AwsSettingsException;
import software.amazon.awssdk.regions.Region;

/**
 * Home region of a run: the one set, else that of the named profile, else from the environment or the default profile,
 * else {@code us-east-1}, from where every bucket can be found. The instance metadata service is not asked, as that
 * takes seconds outside EC2.
 */
public final class AwsRegions {
    private static final String HOST_LABEL = "[A-Za-z0-9][A-Za-z0-9-]{0,62}";

    /** Pattern of what the SDK accepts as a region: it becomes a part of host names. */
    private static final String HOST_NAME = HOST_LABEL + "(\\." + HOST_LABEL + ")*";

    private AwsRegions() {}

    /**
     * @throws AwsSettingsException if the region in force is no region's name, or the files with profiles cannot be
     *     read
     */
    static Region home(AwsSettings settings) {
        return Region.of(settings.region()
                .or(() -> settings.profile()
                        .flatMap(name -> settings.find("region").map(AwsRegions::require)))
                .or(() -> settings.find("region", "AWS_REGION", "AWS_DEFAULT_REGION")
                        .map(AwsRegions::require))
                .orElse(Region.US_EAST_1.id()));
    }

    /**
     * Returns the name if it can be a region's. Regions unknown to the SDK are fine, and other servers have names of
     * their own.
     *
     * @param source the source of the name: {@code --region}
     * @throws AwsSettingsException if it cannot be the name of a region
     */
    public static String require(String source, String name) {
        if (!name.matches(HOST_NAME)) {
            throw new AwsSettingsException(
                    OneLine.of(source + " is no region's name: " + name + "; give one such as eu-west-1"));
        }
        return name;
    }

    private static String require(Setting setting) {
        return require(setting.source(), setting.value());
    }
}
