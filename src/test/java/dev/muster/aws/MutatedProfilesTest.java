package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.Mutation;
import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.s3.PracticeServer;
import dev.muster.engine.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in the files of profiles, they are of use or refused in words: never a defect of ours. */
@Timeout(60)
class MutatedProfilesTest {
    private static final int TRIES = 40;
    private static final String CREDENTIALS =
            "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n"
                    + "aws_session_token = token\n[base]\naws_access_key_id=AKIDBASE\naws_secret_access_key=secret\n";
    private static final String CONFIG = "[default]\nregion = us-east-1\noutput = json\nservices = local\n"
            + "retry_mode = standard\nmax_attempts = 3\nuse_fips_endpoint = false\ns3 =\n  addressing_style = path\n"
            + "[profile team]\nrole_arn = arn:aws:iam::111111111111:role/Audit\nsource_profile = base\n"
            + "duration_seconds = 3600\nregion = eu-west-1\nrequest_checksum_calculation = when_required\n"
            + "[services local]\nsqs =\n  endpoint_url = http://127.0.0.1:9\n";
    private static final byte[] IDENTITY = ("<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111"
                    + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>")
            .getBytes(UTF_8);

    @TempDir
    Path home;

    @Test
    void mutatedFilesAreReadOrRefusedInWords() throws IOException {
        try (LocalSettings local = new LocalSettings(home, CREDENTIALS, CONFIG);
                PracticeServer sts = new PracticeServer(request -> PracticeServer.send(request, 200, IDENTITY))) {
            local.set("aws.disableEc2Metadata", "true");
            for (int seed = 0; seed < TRIES; seed++) {
                byte[] credentials = seed % 3 == 0 ? CREDENTIALS.getBytes(UTF_8) : mutated(seed, CREDENTIALS);
                byte[] config = seed % 3 == 1 || seed == 0 ? CONFIG.getBytes(UTF_8) : mutated(seed, CONFIG);
                Files.write(home.resolve("credentials"), credentials);
                Files.write(home.resolve("config"), config);
                local.set(
                        "aws.sharedCredentialsFile", home.resolve("credentials").toString());
                local.set("aws.configFile", home.resolve("config").toString());
                ask(
                        sts.endpoint(),
                        seed % 2 == 0 ? Optional.empty() : Optional.of("team"),
                        seed + ": " + new String(credentials, UTF_8) + "\n---\n" + new String(config, UTF_8));
            }
        }
    }

    private static byte[] mutated(int seed, String good) {
        return new Mutation(seed).of(good.getBytes(UTF_8));
    }

    private static void ask(URI sts, Optional<String> profile, String what) {
        AwsSettings settings = new AwsSettings(
                profile,
                Optional.empty(),
                Optional.empty(),
                Optional.of(sts),
                Map.of(),
                false,
                false,
                Timeouts.DEFAULT,
                1);
        try (AwsClients clients = new AwsClients(settings)) {
            Throwable error = clients.call(() -> clients.sts(clients.home()).getCallerIdentity())
                    .orTimeout(10, TimeUnit.SECONDS)
                    .handle((identity, thrown) -> thrown)
                    .join();
            if (error != null) {
                assertThat(what).doesNotStartWith("0: ");
                Failure failure = new ErrorClassifier(settings).classify(error, "look up the account");
                assertThat(failure.kind()).as(what + failure).isNotEqualTo(Failure.Kind.DEFECT);
                assertThat(failure.message()).as(what).doesNotContain("java.lang", "NullPointer");
            }
        } catch (AwsSettingsException e) {
            assertThat(e.getMessage()).as(what).doesNotContain("\n", "java.lang");
        }
    }
}
