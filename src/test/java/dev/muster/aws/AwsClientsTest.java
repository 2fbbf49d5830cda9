package dev.muster.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    void aServerThatNeedsSeveralTimesAsLongIsWaitedForWhenItIsAskedAgain() throws IOException {
        Timeouts brief = new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(150), Duration.ofMillis(200));
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                AwsClients clients = new AwsClients(settings(server).with(brief))) {
            threads.execute(() -> answerThePatient(server, threads));
            assertThat(attempts(
                            () -> clients.call(() -> clients.s3(clients.home()).listBuckets())))
                    .isEqualTo(4);
            assertThat(attempts(() -> clients.s3Async(clients.home()).listBuckets()))
                    .isEqualTo(4);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void answerThePatient(ServerSocket server, ExecutorService threads) {
        while (true) {
            try {
                Socket connection = server.accept();
                threads.execute(() -> answerIfPatient(connection));
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    /** Answers if the client is still there after 700 milliseconds. */
    private static void answerIfPatient(Socket accepted) {
        try (Socket connection = accepted) {
            head(connection);
            connection.setSoTimeout(700);
            try {
                connection.getInputStream().read(); // the end, when the client gives up
            } catch (SocketTimeoutException e) {
                respond(connection, "200 OK", ZonedDateTime.now(ZoneOffset.UTC), BUCKETS);
            }
        } catch (IOException e) {
            // the client has given up
        }
    }

    private static List<String> head(Socket connection) throws IOException {
        BufferedReader request = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
        List<String> lines = new ArrayList<>();
        for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private static void respond(Socket connection, String status, ZonedDateTime time, String body) throws IOException {
        String answer = "HTTP/1.1 " + status + "\r\nDate: " + RFC_1123_DATE_TIME.format(time) + "\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }

    private static AwsSettings settings(ServerSocket server) {
        return new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys("key", "secret", Optional.empty())),
                Optional.of("us-east-1"),
                Optional.of(URI.create("http://127.0.0.1:" + server.getLocalPort())),
                Map.of(),
                true,
                false,
                Timeouts.DEFAULT,
                1);
    }

    @Test
    void aClockThatIsWrongByHoursIsCorrectedByTheServersTime() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> answerThreeHoursAhead(server));
            try (AwsClients clients = new AwsClients(settings(server))) {
                assertThat(attempts(() ->
                                clients.call(() -> clients.s3(Region.EU_WEST_1).listBuckets())))
                        .isEqualTo(1);
                assertThat(attempts(() -> clients.s3Async(Region.EU_WEST_1).listBuckets()))
                        .isEqualTo(1);
            }
        }
    }

    /** Java's own server sends no other time than the machine's. */
    private static void answerThreeHoursAhead(ServerSocket server) {
        DateTimeFormatter signed =
                DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
        while (true) {
            try (Socket connection = server.accept()) {
                Instant date = Instant.EPOCH;
                for (String line : head(connection)) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("x-amz-date: ")) {
                        date = Instant.from(signed.parse(line.substring("x-amz-date: ".length())));
                    }
                }
                ZonedDateTime time = ZonedDateTime.now(ZoneOffset.UTC).plusHours(3);
                boolean near = Duration.between(date, time).abs().toMinutes() < 15;
                respond(
                        connection,
                        near ? "200 OK" : "403 Forbidden",
                        time,
                        near ? BUCKETS : "<Error><Code>RequestTimeTooSkewed</Code></Error>");
            } catch (IOException e) {
                return; // the test is over
            }
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
