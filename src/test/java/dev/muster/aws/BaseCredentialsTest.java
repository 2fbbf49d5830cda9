package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.s3.PracticeServer;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"echo hello", "true", "echo null", "echo []"})
    void aProcessThatPrintsSomethingElseIsTold(String command) throws IOException {
        Failure failure = failure("proc", "", "[profile proc]\ncredential_process = " + command + "\n");

        assertThat(failure.kind()).isEqualTo(Kind.UNFIT);
        assertThat(failure.message())
                .endsWith("the credential_process of profile proc failed: it prints no credentials in JSON; run it by"
                        + " itself to see why");
    }

    @Test
    void aProfileThatAVariableNamesIsToldOfByName() throws IOException {
        String loop = "[profile a]\nrole_arn = arn:aws:iam::111111111111:role/Audit\nsource_profile = a\n";

        assertThat(failureOfVariable("a", loop).message()).contains("of profile a cannot be used", "Circular");
        assertThat(failureOfVariable("nosuch", loop).message())
                .contains("no credentials found for profile nosuch; add");
    }

    @Test
    void aRoleThatTakesACodeIsNotAskedFor() throws IOException {
        Failure failure = failure(
                "code",
                "[base]\naws_access_key_id = AKIA\naws_secret_access_key = s\n",
                "[profile code]\nrole_arn = arn:aws:iam::111111111111:role/Audit\nsource_profile = base\n"
                        + "mfa_serial = arn:aws:iam::111111111111:mfa/me\n");

        assertThat(failure.message()).contains("of profile code cannot be used: its role takes an MFA code");
    }

    @Test
    void theAuthoritiesOfTheEnvironmentHoldForARoleOfAProfile() throws Exception {
        LocalAuthority authority = new LocalAuthority(home);
        String answer = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId>"
                + "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
                + "<Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
        try (PracticeServer server = new PracticeServer(
                        authority.context(), exchange -> PracticeServer.send(exchange, 200, answer.getBytes(UTF_8)));
                LocalSettings local = new LocalSettings(
                                home,
                                "[base]\naws_access_key_id = AKIA\naws_secret_access_key = s\n",
                                "[profile role]\nrole_arn = arn:aws:iam::111111111111:role/Audit\nsource_profile = base\nregion = us-east-1\n")
                        .set("aws.caBundle", authority.bundle().toString())
                        .set(
                                "aws.endpointUrlSts",
                                "https://localhost:" + server.endpoint().getPort());
                AwsClients clients = new AwsClients(settings(Optional.of("role")))) {
            assertThat(clients.base().resolveIdentity().join().accessKeyId()).isEqualTo("ASIA1");
        }
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
        try (LocalSettings local = new LocalSettings(home, credentials, config)) {
            return failure(settings(Optional.of(profile)));
        }
    }

    private Failure failureOfVariable(String profile, String config) throws IOException {
        try (LocalSettings local = new LocalSettings(home, "", config).set("aws.profile", profile)) {
            return failure(settings(Optional.empty()));
        }
    }

    private static AwsSettings settings(Optional<String> profile) {
        return new AwsSettings(
                profile,
                Optional.empty(),
                Optional.of("us-east-1"),
                Optional.empty(),
                Map.of(),
                false,
                false,
                Timeouts.DEFAULT,
                1);
    }

    private static Failure failure(AwsSettings settings) {
        try (AwsClients clients = new AwsClients(settings)) {
            CompletableFuture<?> asked =
                    clients.call(() -> clients.sts(clients.home()).getCallerIdentity());
            Throwable error = asked.handle((identity, thrown) -> thrown).join();
            return new ErrorClassifier(settings).classify(error, "look up the account");
        }
    }
}
