package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.list.PracticeServer;
import dev.muster.engine.Failure.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;

@Timeout(60)
class AwsClientsTest {
    private static final String ARN = "arn:aws:iam::123456789012:role/Audit";
    private static final String CREDENTIALS = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
            + "<AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
            + "<SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>"
            + "</AssumeRoleResult></AssumeRoleResponse>";

    @Test
    void aRoleIsAssumedOnceForAllWhoAskForIt() {
        List<String> requests = new CopyOnWriteArrayList<>();
        try (PracticeServer server = new PracticeServer(exchange -> {
                    requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    PracticeServer.send(exchange, 200, CREDENTIALS.getBytes(UTF_8));
                });
                AwsClients clients = new AwsClients(server.settings())) {
            List<? extends CompletableFuture<? extends AwsCredentialsIdentity>> asked = Stream.generate(
                            () -> clients.role(ARN).resolveIdentity())
                    .limit(20)
                    .toList();

            assertThat(asked).allSatisfy(answer -> assertThat(answer.join().accessKeyId())
                    .isEqualTo("ASIA1"));
            assertThat(requests).singleElement().asString().contains("Action=AssumeRole", "role%2FAudit");
        }
    }

    @Test
    void aRequestIsNeverRetried() {
        List<String> requests = new CopyOnWriteArrayList<>();
        try (PracticeServer server = new PracticeServer(exchange -> {
                    requests.add(exchange.getRequestURI().toString());
                    PracticeServer.send(exchange, 503, "<Error><Code>SlowDown</Code></Error>".getBytes(UTF_8));
                });
                AwsClients clients = new AwsClients(server.settings())) {
            CompletableFuture<?> call =
                    clients.call(() -> clients.s3(clients.home()).listBuckets());

            assertThatThrownBy(call::join).satisfies(error -> assertThat(new ErrorClassifier(clients.settings())
                            .classify(error, "list buckets")
                            .kind())
                    .isEqualTo(Kind.THROTTLED));
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void aClientIsMadeOncePerRegion() {
        try (AwsClients clients = new AwsClients(AwsSettings.DEFAULT)) {
            assertThat(clients.s3(Region.EU_WEST_1)).isSameAs(clients.s3(Region.EU_WEST_1));
            assertThat(clients.s3(Region.EU_WEST_1)).isNotSameAs(clients.s3(Region.US_WEST_2));
        }
    }

    @Test
    void settingsKeepTheSecretOutOfTheirText() {
        AccessKeys keys = new AccessKeys("AKIDEXAMPLE", "hidden", Optional.of("hidden too"));

        assertThat(keys.toString()).contains("AKIDEXAMPLE").doesNotContain("hidden");
    }
}
