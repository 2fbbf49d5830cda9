package dev.muster.aws;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * The region a run calls home: as set, else that of the named profile, else from environment, system property or
 * default profile, else {@code us-east-1}, from where every bucket can be found. The instance metadata service is not
 * asked, for off EC2 that takes seconds.
 */
final class AwsRegions {
    private AwsRegions() {}

    static Region home(AwsSettings settings) {
        return settings.region()
                .map(Region::of)
                .or(() -> settings.profile().flatMap(AwsRegions::ofProfile))
                .or(() -> find(() -> new SystemSettingsRegionProvider().getRegion()))
                .or(() -> ofProfile(null))
                .orElse(Region.US_EAST_1);
    }

    private static Optional<Region> ofProfile(String name) {
        return find(() -> new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, name).getRegion());
    }

    /** The SDK's providers throw where they find nothing. */
    private static Optional<Region> find(Supplier<Region> provider) {
        try {
            return Optional.ofNullable(provider.get());
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }
}
