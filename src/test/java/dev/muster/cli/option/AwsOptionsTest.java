package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsOptionsTest {
    private static final String ACCOUNT = "111111111111";

    private final AwsOptions options = new AwsOptions();

    @Test
    void runsAgainstDifferentServersAreDifferentWhereverTheEndpointWasSet() {
        Optional<URI> one = Optional.of(URI.create("http://one:9000"));
        Optional<URI> other = Optional.of(URI.create("http://other:9000"));

        assertThat(options.origin("", one)).isNotEqualTo(options.origin("", other));
        assertThat(options.origin(ACCOUNT, one)).isNotEqualTo(options.origin(ACCOUNT, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-east-1", "mars-north-77", "us-iso-b-1", "garage", "local.rgw", "Dc1"})
    void aRegionThatNobodyHasHeardOfIsOne(String name) {
        options.region = name;

        assertThat(options.settings(Configuration.defaults(), 1).region()).contains(name);
    }

    @Test
    void whoseCredentialsTheyAreCountsOnlyWhereTheAccountIsUnknown() {
        AwsOptions others = new AwsOptions();
        others.profile = "others";

        assertThat(options.origin(ACCOUNT, Optional.empty())).isEqualTo(others.origin(ACCOUNT, Optional.empty()));
        assertThat(options.origin("", Optional.empty())).isNotEqualTo(others.origin("", Optional.empty()));
    }
}
