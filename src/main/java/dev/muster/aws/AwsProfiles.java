package dev.muster.aws;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;

/** The profiles of this machine's AWS configuration. */
final class AwsProfiles {
    private AwsProfiles() {}

    /**
     * Reads both files, as the SDK does for whatever it needs of them.
     *
     * @throws AwsSettingsException if one is none
     */
    static ProfileFile read() {
        ProfileFile.Aggregator files = ProfileFile.aggregator();
        ProfileFileLocation.credentialsFileLocation()
                .ifPresent(
                        path -> files.addFile(read(path, ProfileFile.Type.CREDENTIALS, "AWS_SHARED_CREDENTIALS_FILE")));
        ProfileFileLocation.configurationFileLocation()
                .ifPresent(path -> files.addFile(read(path, ProfileFile.Type.CONFIGURATION, "AWS_CONFIG_FILE")));
        return files.build();
    }

    private static ProfileFile read(Path path, ProfileFile.Type type, String variable) {
        try {
            return ProfileFile.builder().content(path).type(type).build();
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw new AwsSettingsException(
                    OneLine.of("cannot read the AWS configuration file " + path + ": " + e.getMessage())
                            + "; correct it, or name another with " + variable,
                    e);
        }
    }
}
