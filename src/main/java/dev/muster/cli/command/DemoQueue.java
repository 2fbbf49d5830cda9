package dev.muster.cli.command;

import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsEnvironment;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A practice cloud with a queue of events and a bucket for their day files. */
public final class DemoQueue implements AutoCloseable {
    public static final String QUEUE = "events";
    static final String BUCKET = "logpublish";
    public static final Estate ESTATE = Estate.of(PracticeBucket.of(BUCKET));
    private static final int BATCH = 10;

    private final Estate estate;
    private final PracticeCloud cloud;
    private final AwsClients clients;

    public DemoQueue() {
        this(ESTATE);
    }

    /** Starts a practice cloud for an estate that has the bucket for the day files. */
    public DemoQueue(Estate estate) {
        this.estate = estate;
        this.cloud = PracticeCloud.start(estate);
        this.clients = new AwsClients(settings());
    }

    public PracticeCloud cloud() {
        return cloud;
    }

    PracticeAccount owner() {
        return estate.management();
    }

    /** Creates the queue and sends it these messages. */
    public void fill(List<String> bodies) {
        SqsAsyncClient sqs = clients.sqsAsync(clients.home());
        String url = sqs.createQueue(create -> create.queueName(QUEUE)).join().queueUrl();
        for (int from = 0; from < bodies.size(); from += BATCH) {
            List<String> batch = bodies.subList(from, Math.min(bodies.size(), from + BATCH));
            List<SendMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
                    .mapToObj(number -> SendMessageBatchRequestEntry.builder()
                            .id(Integer.toString(number))
                            .messageBody(batch.get(number))
                            .build())
                    .toList();
            sqs.sendMessageBatch(send -> send.queueUrl(url).entries(entries)).join();
        }
    }

    /** The first lines of an object. */
    public List<String> head(String key, int lines) {
        S3AsyncClient s3 = clients.s3Async(clients.home());
        return s3.getObject(get -> get.bucket(BUCKET).key(key), AsyncResponseTransformer.toBytes())
                .join()
                .asUtf8String()
                .lines()
                .limit(lines)
                .toList();
    }

    private AwsSettings settings() {
        AccessKeys keys = new AccessKeys(owner().accessKeyId(), owner().secretAccessKey(), Optional.empty());
        AwsSettings usual = AwsSettings.DEFAULT;
        return new AwsSettings(
                Optional.empty(),
                Optional.of(keys),
                Optional.of(Estate.REGION),
                Optional.of(cloud.endpoint()),
                Map.of(),
                true,
                false,
                usual.timeouts(),
                usual.maxConnections(),
                AwsEnvironment.NONE);
    }

    @Override
    public void close() {
        clients.close();
        cloud.close();
    }
}
