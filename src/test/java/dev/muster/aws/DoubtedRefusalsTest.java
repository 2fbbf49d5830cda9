package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.aws.s3.PracticeServer;
import dev.muster.engine.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DoubtedRefusalsTest {
    private static final String LISTED =
            "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated></ListBucketResult>";
    private static final String PAGE = "<!DOCTYPE html><html><title>Blocked</title></html>";

    private PracticeServer server;
    private AwsClients clients;
    private S3Client s3;
    private volatile int status = 200;
    private volatile String body = LISTED;
    private long now;
    private int renewed;

    @BeforeEach
    void start() {
        server = new PracticeServer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", body.equals(PAGE) ? "text/html" : "application/xml");
            PracticeServer.send(exchange, status, body.getBytes(UTF_8));
        });
        clients = new AwsClients(server.settings());
        DoubtedRefusals refusals = new DoubtedRefusals(server.settings(), () -> renewed++, () -> now);
        s3 = S3Client.builder()
                .region(clients.home())
                .endpointOverride(server.settings().endpoint().orElseThrow())
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("k", "s")))
                .httpClient(clients.httpClient())
                .overrideConfiguration(override ->
                        override.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(refusals))
                .build();
    }

    @AfterEach
    void end() {
        s3.close();
        clients.close();
        server.close();
    }

    @Test
    void aRefusalOfWhatWasGrantedMayPassForAWhile() {
        list("b");
        answer(403, error("AccessDenied"));
        assertThat(refusal("b")).isEqualTo(Kind.TRANSIENT);
        answer(404, error("NoSuchBucket"));
        assertThat(refusal("b")).isEqualTo(Kind.TRANSIENT);

        now = DoubtedRefusals.PATIENCE_NANOS;

        assertThat(refusal("b")).isEqualTo(Kind.GONE);
    }

    @Test
    void patienceBeginsAnewAfterAGrant() {
        list("b");
        answer(403, error("AccessDenied"));
        assertThat(refusal("b")).isEqualTo(Kind.TRANSIENT);
        now = DoubtedRefusals.PATIENCE_NANOS;
        answer(200, LISTED);
        list("b");
        answer(403, error("AccessDenied"));

        assertThat(refusal("b")).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void whatWasNeverGrantedIsBelievedToBeRefused() {
        list("b");
        answer(403, error("AccessDenied"));

        assertThat(refusal("other")).isEqualTo(Kind.DENIED);
    }

    @Test
    void aMissingObjectIsNoRefusal() {
        list("b");
        answer(404, error("NoSuchKey"));

        assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> list("b"));
    }

    @Test
    void credentialsThatWereGoodAreFetchedAgain() {
        answer(403, error("InvalidAccessKeyId"));
        assertThat(refusal("b")).isEqualTo(Kind.UNFIT);
        answer(200, LISTED);
        list("b");
        answer(403, error("InvalidAccessKeyId"));

        assertThat(refusal("other")).isEqualTo(Kind.TRANSIENT);
        assertThat(renewed).isEqualTo(1);
    }

    @Test
    void aProxysPageMayPassForAsLongAsNothingElseIsHeard() {
        list("b");
        answer(403, PAGE);
        for (int i = 0; i < 10; i++) {
            assertThat(refusal("b")).isEqualTo(Kind.TRANSIENT);
            now += DoubtedRefusals.PATIENCE_NANOS;
        }
        answer(200, LISTED);
        list("other");
        answer(403, PAGE);

        assertThat(refusal("b")).isEqualTo(Kind.DENIED);
    }

    private void answer(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
    }

    private static String error(String code) {
        return "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
    }

    private void list(String bucket) {
        s3.listObjectsV2(list -> list.bucket(bucket));
    }

    private Kind refusal(String bucket) {
        try {
            list(bucket);
        } catch (RuntimeException error) {
            return new ErrorClassifier(server.settings())
                    .classify(error, "list bucket " + bucket)
                    .kind();
        }
        throw new AssertionError("the request was granted");
    }
}
