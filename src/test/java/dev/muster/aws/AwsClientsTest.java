package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.s3.PracticeServer;
import dev.muster.engine.Failure.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;

@Timeout(60)
class AwsClientsTest {
    private static final String ARN = "arn:aws:iam::123456789012:role/Audit";
    private static final String CREDENTIALS = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
            + "<AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
            + "<SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>"
            + "</AssumeRoleResult></AssumeRoleResponse>";

    private static final String BUCKETS = "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>";

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
    void aServerThatNeedsSeveralTimesAsLongIsWaitedForWhenItIsAskedAgain() {
        Timeouts brief = new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(150), Duration.ofMillis(200));
        try (PracticeServer server = new PracticeServer(exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    pause(700);
                    PracticeServer.send(exchange, 200, BUCKETS.getBytes(UTF_8));
                });
                AwsClients clients = new AwsClients(server.settings().with(brief))) {
            assertThat(attempts(
                            () -> clients.call(() -> clients.s3(clients.home()).listBuckets())))
                    .isEqualTo(4);
            assertThat(attempts(() -> clients.s3Async(clients.home()).listBuckets()))
                    .isEqualTo(4);
        }
    }

    private static int attempts(Supplier<CompletableFuture<?>> request) {
        for (int attempt = 1; attempt < 8; attempt++) {
            if (request.get().handle((answer, error) -> error == null).join()) {
                return attempt;
            }
        }
        return 8;
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
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
    void closingWhileCancelledRequestsEndLogsNothing() throws InterruptedException {
        Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        netty.addAppender(logged);
        try {
            for (int round = 0; round < 5; round++) {
                closeWhileCancelledRequestsEnd();
            }
        } finally {
            netty.detachAppender(logged);
        }
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    private static void closeWhileCancelledRequestsEnd() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(4);
        CountDownLatch over = new CountDownLatch(1);
        try (PracticeServer server = new PracticeServer(exchange -> {
                    arrived.countDown();
                    awaitQuietly(over);
                });
                AwsClients clients = new AwsClients(server.settings())) {
            List<CompletableFuture<?>> requests = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                requests.add(clients.s3Async(clients.home()).listBuckets());
            }
            arrived.await();
            requests.forEach(request -> request.cancel(true));
        } finally {
            over.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Test
    void settingsKeepTheSecretOutOfTheirText() {
        AccessKeys keys = new AccessKeys("AKIDEXAMPLE", "hidden", Optional.of("hidden too"));

        assertThat(keys.toString()).contains("AKIDEXAMPLE").doesNotContain("hidden");
    }
}
