package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.aws.AwsSettings.Timeouts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

class AwsRegionsTest {
    private static final String PROFILES = "[default]\nregion = eu-west-1\n[profile good]\nregion = eu-north-1\n";

    @TempDir
    Path home;

    @Test
    void theProfileThatIsNamedGoesBeforeTheEnvironmentAndThatBeforeTheDefaultProfile() throws IOException {
        try (LocalSettings local = new LocalSettings(home, "", PROFILES)) {
            assertThat(region(Optional.empty())).isEqualTo(Region.EU_WEST_1);
            local.set("aws.region", "ap-south-1");
            assertThat(region(Optional.empty())).isEqualTo(Region.AP_SOUTH_1);
            assertThat(region(Optional.of("good"))).isEqualTo(Region.EU_NORTH_1);
        }
    }

    @Test
    void anEmptyVariableIsNotSet() throws IOException {
        try (LocalSettings local = new LocalSettings(home, "", PROFILES).set("aws.region", "")) {
            assertThat(region(Optional.empty())).isEqualTo(Region.EU_WEST_1);
            local.set("aws.profile", "");
            assertThat(region(Optional.empty())).isEqualTo(Region.EU_WEST_1);
        }
    }

    @Test
    void aRegionThatIsNoneIsNamedWithWhereItStands() throws IOException {
        try (LocalSettings local = new LocalSettings(home, "", "[profile odd]\nregion = us east\n")) {
            expectRefusal(Optional.of("odd"), "region of profile odd is no region's name: us east");
            local.set("aws.region", "us west");
            expectRefusal(Optional.empty(), "AWS_REGION is no region's name: us west; give one such as eu-west-1");
        }
    }

    @Test
    void aFileOfProfilesThatCannotBeReadIsNamed() throws IOException {
        try (LocalSettings local = new LocalSettings(home, "[broken\nkey = hush\n", "")) {
            expectRefusal(Optional.empty(), home.resolve("credentials") + ": Profile definition must end with ']'");
        }
        try (LocalSettings local = new LocalSettings(home, "", "[broken")) {
            expectRefusal(Optional.of("good"), home.resolve("config") + ": Profile definition must end with ']'");
        }
    }

    private static void expectRefusal(Optional<String> profile, String words) {
        assertThatExceptionOfType(AwsSettingsException.class)
                .isThrownBy(() -> region(profile))
                .withMessageContaining(words);
    }

    private static Region region(Optional<String> profile) {
        AwsSettings settings = new AwsSettings(
                profile,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                false,
                Timeouts.DEFAULT,
                1);
        try (AwsClients clients = new AwsClients(settings)) {
            return clients.home();
        }
    }
}
