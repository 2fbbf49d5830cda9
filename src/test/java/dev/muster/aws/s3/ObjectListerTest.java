package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.BucketRegions;
import dev.muster.aws.ErrorClassifier;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.regions.Region;

@Timeout(60)
class ObjectListerTest {
    private static final String PAGE = "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>n%20x</Key>"
            + "<LastModified>1970-01-01T00:00:01Z</LastModified><Size>5</Size></Contents>"
            + "<IsTruncated>true</IsTruncated></ListBucketResult>";

    @Test
    void listsAPageWithASignedRequestThatNamesTheKeyToStartAfter() {
        List<String> requests = new CopyOnWriteArrayList<>();
        List<String> headers = new CopyOnWriteArrayList<>();
        try (PracticeServer server = new PracticeServer(exchange -> {
                    requests.add(exchange.getRequestURI().toString());
                    headers.add(exchange.getRequestHeaders().getFirst("Authorization"));
                    headers.add(exchange.getRequestHeaders().getFirst("x-amz-request-payer"));
                    PracticeServer.send(exchange, 200, PAGE.getBytes(UTF_8));
                });
                AwsClients clients = new AwsClients(server.settings())) {
            List<String> keys = new ArrayList<>();
            ListingRequest request =
                    request(clients).withPrefix("n").withStartAfter(Optional.of(ObjectKey.of("m &+\u0416")));

            ListingPage page = new ObjectLister(clients)
                    .objects(request, entry -> keys.add(entry.key().text()))
                    .join();

            assertThat(keys).containsExactly("n x");
            assertThat(page.truncated()).isTrue();
            assertThat(requests)
                    .containsExactly("/bucket?list-type=2&encoding-type=url&max-keys=1000&prefix=n"
                            + "&start-after=m%20%26%2B%D0%96");
            assertThat(headers.get(0)).startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
            assertThat(headers.get(1)).isEqualTo("requester");
        }
    }

    @Test
    void aPageThatIsCompressedUnaskedIsRead() {
        try (PracticeServer server = new PracticeServer(exchange -> {
                    ByteArrayOutputStream packed = new ByteArrayOutputStream();
                    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                        gzip.write(PAGE.getBytes(UTF_8));
                    }
                    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                    PracticeServer.send(exchange, 200, packed.toByteArray());
                });
                AwsClients clients = new AwsClients(server.settings())) {
            assertThat(new ObjectLister(clients)
                            .objects(request(clients), entry -> {})
                            .join()
                            .truncated())
                    .isTrue();
        }
    }

    @Test
    void anEndpointThatAnErrorNamesTellsTheRegion() {
        Failure failure = failure(exchange -> PracticeServer.send(
                exchange,
                301,
                ("<Error><Code>PermanentRedirect</Code><Message>Elsewhere</Message>"
                                + "<Endpoint>bucket.s3.eu-west-3.amazonaws.com</Endpoint></Error>")
                        .getBytes(UTF_8)));

        assertThat(failure.message()).contains("eu-west-3");
    }

    @Test
    void anErrorKeepsItsCodeAndTheRegionItNames() {
        Failure failure = failure(exchange -> {
            exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-west-1");
            PracticeServer.send(
                    exchange,
                    301,
                    "<Error><Code>PermanentRedirect</Code><Message>Elsewhere</Message></Error>".getBytes(UTF_8));
        });

        assertThat(failure.code()).isEqualTo("PermanentRedirect");
        assertThat(failure.message()).contains("eu-west-1");
    }

    @Test
    void slowDownIsThrottling() {
        Failure failure = failure(exchange -> PracticeServer.send(
                exchange, 503, "<Error><Code>SlowDown</Code><Message>Slower</Message></Error>".getBytes(UTF_8)));

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
    }

    @Test
    void anErrorDocumentWithStatus200IsAnError() {
        Failure failure = failure(exchange -> PracticeServer.send(
                exchange, 200, "<Error><Code>InternalError</Code><Message>Sorry</Message></Error>".getBytes(UTF_8)));

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("InternalError");
    }

    @Test
    void aBodyCutShortMayBeTriedAgain() {
        Failure failure = failure(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(PAGE.substring(0, 100).getBytes(UTF_8));
        });

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void aPageOfSomethingElseMayBeAProxys() {
        Failure failure =
                failure(exchange -> PracticeServer.send(exchange, 200, "<html><body>Hi</body></html>".getBytes(UTF_8)));

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void aServerThatNeverAnswersTimesOut() {
        CountDownLatch over = new CountDownLatch(1);
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(200));
        try (PracticeServer server = new PracticeServer(exchange -> awaitQuietly(over));
                AwsClients clients = new AwsClients(server.settings(timeouts))) {
            Failure failure = failure(clients);
            over.countDown();

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure.code()).isEqualTo("Timeout");
        }
    }

    @Test
    void aPublicBucketIsListedWithoutASignature() {
        AtomicBoolean signed = new AtomicBoolean();
        try (PracticeServer server = new PracticeServer(exchange -> {
                    signed.set(exchange.getRequestHeaders().containsKey("Authorization"));
                    PracticeServer.send(
                            exchange,
                            200,
                            "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>".getBytes(UTF_8));
                });
                AwsClients clients = new AwsClients(server.settings().anonymous())) {
            new ObjectLister(clients).objects(request(clients), entry -> {}).join();

            assertThat(signed).isFalse();
        }
    }

    @Test
    void cancellingClosesTheConnection() {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicBoolean broken = new AtomicBoolean();
        try (PracticeServer server = new PracticeServer(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    asked.set(true);
                    broken.set(breaksWhileWriting(exchange));
                });
                AwsClients clients = new AwsClients(server.settings())) {
            CompletableFuture<ListingPage> page = new ObjectLister(clients).objects(request(clients), entry -> {});
            await().until(asked::get);
            page.cancel(true);

            await().until(broken::get);
        }
    }

    @Test
    void theRegionOfABucketIsFoundEvenInARefusal() {
        try (PracticeServer server = new PracticeServer(exchange -> {
                    exchange.getResponseHeaders().add("x-amz-bucket-region", "ap-south-1");
                    PracticeServer.send(exchange, 403, new byte[0]);
                });
                AwsClients clients = new AwsClients(server.settings())) {
            assertThat(new BucketRegions(clients).find("bucket", clients.base()).join())
                    .contains(Region.AP_SOUTH_1);
        }
    }

    private static Failure failure(PracticeServer.Answer answer) {
        try (PracticeServer server = new PracticeServer(answer);
                AwsClients clients = new AwsClients(server.settings())) {
            return failure(clients);
        }
    }

    private static Failure failure(AwsClients clients) {
        CompletableFuture<ListingPage> page = new ObjectLister(clients).objects(request(clients), entry -> {});
        Throwable[] error = new Throwable[1];
        assertThatThrownBy(page::join).isInstanceOfSatisfying(CompletionException.class, thrown -> error[0] = thrown);
        return new ErrorClassifier(clients.settings()).classify(error[0], "list bucket bucket");
    }

    private static ListingRequest request(AwsClients clients) {
        return ListingRequest.of("bucket", clients.home(), clients.base());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean breaksWhileWriting(HttpExchange exchange) {
        byte[] spaces = " ".repeat(8192).getBytes(UTF_8);
        try {
            for (int i = 0; i < 1_000_000; i++) {
                exchange.getResponseBody().write(spaces);
                exchange.getResponseBody().flush();
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
