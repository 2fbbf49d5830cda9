package dev.muster.aws;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * The region a run calls home: as set, else from environment, system property or profile, else {@code us-east-1}, from
 * where every bucket can be found. The instance metadata service is not asked, for off EC2 that takes seconds.
 */
final class AwsRegions {
    private AwsRegions() {}

    static Region home(AwsSettings settings) {
        return settings.region().map(Region::of).orElseGet(() -> configured(settings));
    }

    private static Region configured(AwsSettings settings) {
        if (settings.profile().isPresent()) {
            Region region = ofProfile(settings);
            return region != null ? region : ofSystem();
        }
        try {
            return new SystemSettingsRegionProvider().getRegion();
        } catch (SdkClientException e) {
            Region region = ofProfile(settings);
            return region != null ? region : Region.US_EAST_1;
        }
    }

    private static Region ofSystem() {
        try {
            return new SystemSettingsRegionProvider().getRegion();
        } catch (SdkClientException e) {
            return Region.US_EAST_1;
        }
    }

    private static Region ofProfile(AwsSettings settings) {
        return new AwsProfileRegionProvider(
                        ProfileFile::defaultProfileFile, settings.profile().orElse(null))
                .getRegion();
    }
}
