package dev.muster.events.backfill;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.Content;
import dev.muster.events.dayfile.DurableStore;
import dev.muster.events.queue.FailureClassifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/**
 * Publishes to a topic in batches of ten. What a failed attempt has published is not published again by the next one.
 */
public final class TopicStore implements DurableStore {
    private static final int BATCH = 10;
    private static final int PARALLELISM = 4;

    private final SnsAsyncClient client;
    private final String topicArn;
    private final FailureClassifier errors;
    private final Materializer materializer;
    /** Published contents by identity: two equal messages are both published. */
    private final Set<Content> published =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    public TopicStore(SnsAsyncClient client, String topicArn, FailureClassifier errors, Materializer materializer) {
        this.client = requireNonNull(client, "client is null");
        this.topicArn = requireNonNull(topicArn, "topicArn is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.materializer = requireNonNull(materializer, "materializer is null");
    }

    @Override
    public CompletableFuture<Stored> store(Collection<Content> contents) {
        List<Content> left = contents.stream()
                .filter(content -> !published.contains(content))
                .toList();
        return Source.from(left)
                .grouped(BATCH)
                .mapAsyncUnordered(PARALLELISM, this::publish)
                .mapConcat(failed -> failed)
                .runWith(Sink.seq(), materializer)
                .toCompletableFuture()
                .thenApply(failed -> stored(contents, failed));
    }

    private Stored stored(Collection<Content> contents, List<BatchResultErrorEntry> failed) {
        long left = contents.stream()
                .filter(content -> !published.contains(content))
                .count();
        if (left > 0) {
            String why = failed.isEmpty()
                    ? "the answers do not speak of them"
                    : failed.get(0).message();
            String code = failed.isEmpty()
                    ? "Unanswered"
                    : String.valueOf(failed.get(0).code());
            throw new TaskException(new Failure(
                    Failure.Kind.TRANSIENT,
                    code,
                    "publish to " + topicArn + ": " + left + " of " + contents.size() + " messages failed: " + why));
        }
        published.clear();
        return new Stored.Published(contents.size());
    }

    /** Publishes a batch; returns the entries that failed. A request that failed as a whole ends the attempt. */
    private CompletableFuture<List<BatchResultErrorEntry>> publish(List<Content> batch) {
        List<PublishBatchRequestEntry> entries = IntStream.range(0, batch.size())
                .mapToObj(number -> PublishBatchRequestEntry.builder()
                        .id(Integer.toString(number))
                        .message(((Content.Outgoing) batch.get(number)).body())
                        .build())
                .toList();
        return client.publishBatch(publish -> publish.topicArn(topicArn).publishBatchRequestEntries(entries))
                .handle((answer, error) -> {
                    if (error != null) {
                        throw errors.exception(error, "publish to " + topicArn);
                    }
                    answer.successful().forEach(entry -> published.add(batch.get(Integer.parseInt(entry.id()))));
                    return answer.failed();
                });
    }
}
