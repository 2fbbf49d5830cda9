package dev.muster.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.aws.s3.BucketClient;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Failure;
import dev.muster.engine.LocalRun;
import dev.muster.engine.Output;
import dev.muster.engine.RunResult;
import dev.muster.engine.TaskException;
import dev.muster.store.MemoryCheckpointStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A practice cloud with a bucket and a queue, and what tests do with them. */
final class PracticeQueue implements AutoCloseable {
    static final String BUCKET = "logpublish";
    static final Estate ESTATE = Estate.of(PracticeBucket.of(BUCKET));

    private static final long SECONDS = 120;

    /** One for all tests: ending one takes seconds. */
    private static final SdkAsyncHttpClient HTTP = NettyNioAsyncHttpClient.create();

    final PracticeCloud cloud;
    final S3AsyncClient s3;
    final SqsAsyncClient sqs;
    final String queueUrl;

    PracticeQueue() {
        this(ESTATE);
    }

    PracticeQueue(Estate estate) {
        this.cloud = PracticeCloud.start(estate);
        this.s3 = s3(cloud.endpoint(), estate);
        this.sqs = sqs(cloud.endpoint(), estate);
        this.queueUrl =
                sqs.createQueue(create -> create.queueName("events")).join().queueUrl();
    }

    static S3AsyncClient s3(URI endpoint, Estate estate) {
        return S3AsyncClient.builder()
                .httpClient(HTTP)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(estate))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    static SqsAsyncClient sqs(URI endpoint, Estate estate) {
        return SqsAsyncClient.builder()
                .checksumValidationEnabled(false)
                .httpClient(HTTP)
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(estate))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    static StaticCredentialsProvider credentials(Estate estate) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                estate.management().accessKeyId(), estate.management().secretAccessKey()));
    }

    static EventBuckets buckets(S3AsyncClient s3) {
        return new EventBuckets(
                name -> new BucketClient(region -> s3, Region.US_EAST_1, name), PracticeQueue::classify);
    }

    /** Server errors pass, everything else does not. */
    static Failure classify(Throwable error, String attempted) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        if (cause instanceof TaskException || error instanceof TaskException) {
            return Failure.of(error);
        }
        Failure.Kind kind = Failure.Kind.TRANSIENT;
        if (cause instanceof AwsServiceException service && service.statusCode() < 500) {
            kind = service.statusCode() == 403 ? Failure.Kind.DENIED : Failure.Kind.INVALID;
        }
        return new Failure(kind, cause.getClass().getSimpleName(), attempted + " failed: " + cause.getMessage());
    }

    static List<String> goldenBodies() {
        ObjectMapper mapper = new ObjectMapper();
        List<String> bodies = new ArrayList<>();
        try {
            for (String line : golden("bodies.txt").lines().toList()) {
                bodies.add(mapper.readValue(line, String.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bodies;
    }

    static String golden(String name) {
        try (InputStream in = PracticeQueue.class.getResourceAsStream("golden/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(List<String> bodies) {
        for (int from = 0; from < bodies.size(); from += 10) {
            List<String> batch = bodies.subList(from, Math.min(bodies.size(), from + 10));
            List<SendMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
                    .mapToObj(number -> SendMessageBatchRequestEntry.builder()
                            .id("m" + number)
                            .messageBody(batch.get(number))
                            .build())
                    .toList();
            var answer = sqs.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries))
                    .join();
            if (!answer.failed().isEmpty()) {
                throw new IllegalStateException(answer.failed().toString());
            }
        }
    }

    void put(String key, String content) {
        put(key, content.getBytes(UTF_8));
    }

    void put(String key, byte[] content) {
        s3.putObject(put -> put.bucket(BUCKET).key(key), AsyncRequestBody.fromBytes(content))
                .join();
    }

    String get(String key) {
        return new String(bytes(key), UTF_8);
    }

    byte[] bytes(String key) {
        return s3.getObject(get -> get.bucket(BUCKET).key(key), AsyncResponseTransformer.toBytes())
                .join()
                .asByteArray();
    }

    List<String> keys(String prefix) {
        return s3.listObjectsV2(list -> list.bucket(BUCKET).prefix(prefix)).join().contents().stream()
                .map(object -> object.key())
                .toList();
    }

    /** Messages on the queue, whether visible or not. */
    int messagesLeft() {
        var attributes = sqs.getQueueAttributes(get -> get.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .join()
                .attributes();
        return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }

    static Config config(String override) {
        return ConfigFactory.parseString(override)
                .withFallback(ConfigFactory.parseString("""
                                muster.events { drain-wait-time = 1s, pollers = 3 }
                                muster.engine { workers = 16, backoff { base = 5ms, cap = 50ms }, restart { min = 1ms, max = 5ms } }
                                """))
                .withFallback(ConfigFactory.load());
    }

    EventsJob job(Config config, EventsJob.Options options, Output<EventsPartial> output) throws IOException {
        return new EventsJobFactory(config, EventsSettings.from(config), buckets(s3))
                .queue(sqs, queueUrl, options, output);
    }

    RunResult<EventsTask, EventsPartial> run(String override, EventsJob.Options options) throws Exception {
        return run(override, options, Output.none());
    }

    RunResult<EventsTask, EventsPartial> run(String override, EventsJob.Options options, Output<EventsPartial> output)
            throws Exception {
        Config config = config(override);
        EventsJob events = job(config, options, output);
        MemoryCheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<EventsTask, EventsResult, EventsPartial> run =
                LocalRun.start(config, events.job(), EngineSettings.from(config), store)) {
            return run.result().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } finally {
            events.job().executor().close();
        }
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
        cloud.close();
    }
}
