package dev.muster.events.backfill;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.day.Content;
import dev.muster.events.day.Store;
import dev.muster.events.queue.FailureClassifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;

/**
 * Publishes to a topic in batches of ten. When a batch fails all contents are published again: a message that comes twice
 * makes the same line.
 */
public final class TopicStore implements Store {
    private static final int BATCH = 10;
    private static final int PARALLELISM = 4;

    private final SnsAsyncClient client;
    private final String topicArn;
    private final FailureClassifier errors;
    private final Materializer materializer;

    public TopicStore(SnsAsyncClient client, String topicArn, FailureClassifier errors, Materializer materializer) {
        this.client = requireNonNull(client, "client is null");
        this.topicArn = requireNonNull(topicArn, "topicArn is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.materializer = requireNonNull(materializer, "materializer is null");
    }

    @Override
    public CompletableFuture<Stored> store(Collection<Content> contents) {
        return Source.from(new ArrayList<>(contents))
                .grouped(BATCH)
                .mapAsyncUnordered(PARALLELISM, this::publish)
                .runWith(Sink.fold(0L, Long::sum), materializer)
                .toCompletableFuture()
                .thenApply(Stored.Published::new);
    }

    private CompletableFuture<Long> publish(List<Content> batch) {
        List<PublishBatchRequestEntry> entries = IntStream.range(0, batch.size())
                .mapToObj(number -> PublishBatchRequestEntry.builder()
                        .id(Integer.toString(number))
                        .message(((Content.Outgoing) batch.get(number)).body())
                        .build())
                .toList();
        return client.publishBatch(publish -> publish.topicArn(topicArn).publishBatchRequestEntries(entries))
                .handle((answer, error) -> published(answer, error, batch.size()));
    }

    private Long published(PublishBatchResponse answer, Throwable error, int size) {
        if (error != null) {
            throw errors.exception(error, "publish to " + topicArn);
        }
        if (!answer.failed().isEmpty()) {
            var first = answer.failed().get(0);
            throw new TaskException(new Failure(
                    Failure.Kind.TRANSIENT,
                    first.code(),
                    "publish to " + topicArn + ": " + answer.failed().size() + " of " + size + " entries failed: "
                            + first.message()));
        }
        return (long) size;
    }
}
