package dev.muster.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.Mutation;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.ErrorClassifier;
import dev.muster.engine.Failure;
import dev.muster.events.queue.MessageSource;
import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
import dev.muster.events.queue.SqsSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Whatever a queue's server answers is understood, or is a failure of a class that it tells; nothing goes wrong on it. */
@Timeout(120)
class MutatedQueueAnswersTest {
    private static final int TRIES = 60;
    private static final List<ReceiptHandle> TWO =
            List.of(new ReceiptHandle("a", "one"), new ReceiptHandle("b", "two"));
    private static final String MESSAGES =
            "{\"Messages\":[{\"MessageId\":\"a\",\"ReceiptHandle\":\"one\",\"Body\":\"{}\","
                    + "\"MD5OfBody\":\"99914b932bd37a50b983c5e7c90ae93b\",\"Attributes\":{\"SentTimestamp\":\"1650000000000\","
                    + "\"ApproximateReceiveCount\":\"1\"}},{\"MessageId\":\"b\",\"ReceiptHandle\":\"two\",\"Body\":\"x\"}]}";
    private static final String ENTRIES =
            "{\"Successful\":[{\"Id\":\"0\"}],\"Failed\":[{\"Id\":\"1\",\"Code\":\"ReceiptHandle"
                    + "IsInvalid\",\"Message\":\"over\",\"SenderFault\":true}]}";
    private static final String ATTRIBUTES = "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"5\","
            + "\"ApproximateNumberOfMessagesNotVisible\":\"1\",\"ApproximateNumberOfMessagesDelayed\":\"0\","
            + "\"RedrivePolicy\":\"{\\\"maxReceiveCount\\\":3}\"}}";
    private static final String REFUSAL =
            "{\"__type\":\"com.amazonaws.sqs#KmsThrottled\",\"message\":\"Reduce the frequency of your calls\"}";

    private static ActorTestKit kit;
    private static ExecutorService threads;
    private static HttpServer server;
    private static SqsAsyncClient sqs;
    private static volatile byte[] answer;
    private static volatile int status;

    @BeforeAll
    static void start() throws IOException {
        kit = ActorTestKit.create();
        threads = Executors.newFixedThreadPool(4);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", MutatedQueueAnswersTest::reply);
        server.setExecutor(threads);
        server.start();
        sqs = SqsAsyncClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .checksumValidationEnabled(false)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterAll
    static void end() {
        sqs.close();
        server.stop(0);
        threads.shutdownNow();
        kit.shutdownTestKit();
    }

    private static void reply(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void messagesAreWholeOrNamedAsDamaged() {
        assertThat(answered(MESSAGES, 0, source -> source.receive(10)).messages())
                .hasSize(2);
        for (int seed = 1; seed < TRIES; seed++) {
            var result = answered(MESSAGES, seed, source -> source.receive(10));
            if (result != null) {
                assertThat(result.messages()).allSatisfy(MutatedQueueAnswersTest::isUsable);
            }
        }
    }

    private static void isUsable(ReceivedMessage message) {
        assertThat(message.receipt().messageId()).isNotNull();
        assertThat(message.receipt().handle()).isNotNull();
        assertThat(message.body()).isNotNull();
        assertThat(message.receiveCount()).isNotNegative();
        assertThat(message.sentMillis()).isNotNegative();
    }

    @Test
    void eachReceiptHasOneResult() {
        for (int seed = 0; seed < TRIES; seed++) {
            List<AckResult> results = answered(
                    ENTRIES, seed, seed % 2 == 0 ? source -> source.delete(TWO) : source -> source.extend(TWO));
            assertThat(results).extracting(AckResult::receipt).containsExactlyInAnyOrderElementsOf(TWO);
        }
    }

    @Test
    void aQueueTellsItsNumbersOrThatItDoesNot() {
        assertThat(answered(ATTRIBUTES, 0, MessageSource::depth).orElseThrow().messages())
                .isEqualTo(6);
        for (int seed = 1; seed < TRIES; seed++) {
            var depth = answered(ATTRIBUTES, seed, MessageSource::depth);
            if (depth != null && depth.isPresent()) {
                assertThat(depth.get().messages()).isNotNegative();
            }
        }
    }

    @Test
    void aRefusalIsAFailureThatIsClassified() {
        for (int seed = 0; seed < TRIES; seed++) {
            ReceiveResult refused = answered(REFUSAL, seed, source -> source.receive(10), 400);
            assertThat(refused).isNull();
        }
    }

    @FunctionalInterface
    private interface Question<A> {
        CompletableFuture<A> to(MessageSource source);
    }

    private static <A> A answered(String good, int seed, Question<A> question) {
        return answered(good, seed, question, 200);
    }

    /** The answer to a question; null if it failed in words. */
    private static <A> A answered(String good, int seed, Question<A> question, int code) {
        answer = seed == 0 ? good.getBytes(UTF_8) : new Mutation(seed).of(good.getBytes(UTF_8));
        status = code;
        try {
            MessageSource source = new SqsSource(
                    sqs,
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/1/queue",
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    4,
                    new ErrorClassifier(AwsSettings.DEFAULT.anonymous())::classify,
                    Materializer.matFromSystem(kit.system()));
            return question.to(source).join();
        } catch (CompletionException e) {
            Failure failure = Failure.of(e);
            assertThat(failure.kind())
                    .as("%s %s: %s", seed, failure, new String(answer, ISO_8859_1))
                    .isNotEqualTo(Failure.Kind.DEFECT);
            assertThat(failure.message()).doesNotContain("java.lang", "\n");
            return null;
        }
    }
}
