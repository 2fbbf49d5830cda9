package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles that can never give credentials: whoever asks again gets the same answer. */
class BaseCredentialsTest {
    @TempDir
    Path home;

    @Test
    void aProfileWithoutASecretIsOfNoUse() throws IOException {
        Failure failure = failure("half", "[half]\naws_access_key_id = AKIA\n", "");

        assertThat(failure.kind()).isEqualTo(Kind.UNFIT);
        assertThat(failure.message())
                .contains("of profile half", "'aws_secret_access_key' was not configured for 'half'; correct");
    }

    @Test
    void aSignOnSessionThatThereIsNotIsOfNoUse() throws IOException {
        Failure failure = failure(
                "sso", "", "[profile sso]\nsso_session = none\nsso_account_id = 111111111111\nsso_role_name = Audit\n");

        assertThat(failure.kind()).isEqualTo(Kind.UNFIT);
        assertThat(failure.message()).contains("of profile sso", "none", "correct ~/.aws/credentials or");
    }

    @Test
    void aSourceProfileThatThereIsNotIsOfNoUse() throws IOException {
        Failure failure = failure(
                "role", "", "[profile role]\nrole_arn = arn:aws:iam::111111111111:role/Audit\nsource_profile = none\n");

        assertThat(failure.kind()).isEqualTo(Kind.UNFIT);
        assertThat(failure.message()).contains("of profile role", "none");
    }

    @Test
    void aProcessThatFailsIsNoMissingProfile() throws IOException {
        Failure failure = failure("proc", "", "[profile proc]\ncredential_process = /bin/false\n");

        assertThat(failure.kind()).isEqualTo(Kind.UNFIT);
        assertThat(failure.message())
                .contains("the credential_process of profile proc failed: ", "exit value (1); run it")
                .doesNotContain("add the profile");
    }

    @Test
    void aProfileThatThereIsNotIsToBeAdded() throws IOException {
        Failure failure = failure("nosuch", "[other]\naws_access_key_id = AKIA\n", "");

        assertThat(failure.code()).isEqualTo("NoCredentials");
        assertThat(failure.message())
                .endsWith("no credentials found for profile nosuch; add the profile to"
                        + " ~/.aws/credentials or ~/.aws/config, or name another");
    }

    private Failure failure(String profile, String credentials, String config) throws IOException {
        AwsSettings settings = new AwsSettings(
                Optional.of(profile),
                Optional.empty(),
                Optional.of("us-east-1"),
                Optional.empty(),
                Map.of(),
                false,
                false,
                Timeouts.DEFAULT,
                1);
        try (LocalSettings local = new LocalSettings(home, credentials, config);
                AwsClients clients = new AwsClients(settings)) {
            CompletableFuture<?> asked =
                    clients.call(() -> clients.sts(clients.home()).getCallerIdentity());
            Throwable error = asked.handle((identity, thrown) -> thrown).join();
            return new ErrorClassifier(settings).classify(error, "look up the account");
        }
    }
}
