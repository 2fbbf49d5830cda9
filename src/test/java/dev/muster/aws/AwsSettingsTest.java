package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.aws.AwsSettings.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsSettingsTest {
    private static final String SERVICES = "[default]\nendpoint_url = http://profile\nservices = own\n"
            + "[services own]\ns3 =\n  endpoint_url = http://profile-s3\n";

    private final Map<String, String> variables = new HashMap<>();
    private Optional<URI> option = Optional.empty();
    private Optional<String> profile = Optional.empty();

    @TempDir
    Path home;

    private AwsSettings settings() {
        return new AwsSettings(
                profile,
                Optional.empty(),
                Optional.empty(),
                option,
                Map.of(),
                false,
                false,
                Timeouts.DEFAULT,
                1,
                AwsEnvironment.of(variables));
    }

    private String s3() {
        return settings().endpointOf("s3").map(URI::toString).orElse("AWS");
    }

    @Test
    void theOptionGoesBeforeVariablesAndTheseBeforeTheProfileAndAServiceBeforeAll() throws IOException {
        try (LocalSettings local = new LocalSettings(home, "", SERVICES)) {
            assertThat(s3()).isEqualTo("http://profile-s3");
            assertThat(settings().endpointOf("sqs")).contains(URI.create("http://profile"));
            variables.put("AWS_ENDPOINT_URL", "http://variable");
            assertThat(s3()).isEqualTo("http://variable");
            variables.put("AWS_ENDPOINT_URL_S3", "HTTP://Variable-s3:9000/");
            assertThat(s3()).isEqualTo("http://Variable-s3:9000/");
            assertThat(settings().endpointOf("sqs")).contains(URI.create("http://variable"));
            option = Optional.of(URI.create("http://option"));
            assertThat(s3()).isEqualTo("http://option");
        }
    }

    @Test
    void configuredEndpointsAreIgnoredWhereThatIsAskedFor() throws IOException {
        variables.put("AWS_ENDPOINT_URL", "http://variable");
        try (LocalSettings local = new LocalSettings(home, "", "[default]\nignore_configured_endpoint_urls = true\n")) {
            assertThat(s3()).isEqualTo("AWS");
            variables.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false");
            assertThat(s3()).isEqualTo("http://variable");
            variables.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE");
            assertThat(s3()).isEqualTo("AWS");
            option = Optional.of(URI.create("http://option"));
            assertThat(s3()).isEqualTo("http://option");
        }
    }

    @Test
    void anEndpointThatIsNoneIsNamedWithWhereItStands() {
        variables.put("AWS_ENDPOINT_URL_S3", "s3.example.test:9000");

        assertThatExceptionOfType(AwsSettingsException.class)
                .isThrownBy(this::s3)
                .withMessage("AWS_ENDPOINT_URL_S3 is not a URL: s3.example.test:9000; give one such as"
                        + " https://s3.example.com:9000");
    }

    @Test
    void fipsAndDualStackEndpointsAreAwssOwn() throws IOException {
        try (LocalSettings local = new LocalSettings(home, "", "[profile gov]\nuse_dualstack_endpoint = true\n")) {
            variables.put("AWS_USE_FIPS_ENDPOINT", "true");
            assertThatCode(() -> settings().validate()).doesNotThrowAnyException();

            option = Optional.of(URI.create("http://minio:9000"));
            assertThatExceptionOfType(AwsSettingsException.class)
                    .isThrownBy(() -> settings().validate())
                    .withMessage("AWS_USE_FIPS_ENDPOINT asks for FIPS endpoints, which only AWS has, but the endpoint"
                            + " http://minio:9000 is set: unset AWS_USE_FIPS_ENDPOINT, or the endpoint");
            variables.clear();
            profile = Optional.of("gov");
            assertThatExceptionOfType(AwsSettingsException.class)
                    .isThrownBy(() -> settings().validate())
                    .withMessageStartingWith("use_dualstack_endpoint of profile gov asks for dual-stack endpoints");
        }
    }

    @Test
    void brokenProfilesDoNotMatterWhereNothingIsNeededOfThem() throws IOException {
        variables.put("AWS_ACCESS_KEY_ID", "id");
        variables.put("AWS_SECRET_ACCESS_KEY", "key");
        try (LocalSettings local = new LocalSettings(home, "", "[broken\nendpoint_url = http://profile\n")) {
            assertThat(s3()).isEqualTo("AWS");
            profile = Optional.of("broken");
            assertThatExceptionOfType(AwsSettingsException.class)
                    .isThrownBy(this::s3)
                    .withMessageContaining(home.resolve("config").toString());
        }
    }

    @Test
    void theRegionOfOlderToolsCountsAfterTheOther() {
        variables.put("AWS_DEFAULT_REGION", "eu-central-1");
        assertThat(AwsRegions.home(settings()).id()).isEqualTo("eu-central-1");

        variables.put("AWS_REGION", "eu-west-1");
        assertThat(AwsRegions.home(settings()).id()).isEqualTo("eu-west-1");
    }
}
