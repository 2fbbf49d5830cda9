package dev.muster.events.dayfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.queue.FailureClassifier;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Sets messages aside, each as an object of its own under its message id: a JSON object with {@code message_id}, {@code
 * reason}, {@code receive_count} and the {@code body} as it was received. A message that is set aside twice stays one object.
 */
public final class QuarantineStore implements DurableStore {
    private static final int PARALLELISM = 8;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final S3AsyncClient client;
    private final String bucket;
    private final String prefix;
    private final FailureClassifier errors;
    private final Materializer materializer;

    public QuarantineStore(
            S3AsyncClient client, String bucket, String prefix, FailureClassifier errors, Materializer materializer) {
        this.client = requireNonNull(client, "client is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.prefix = requireNonNull(prefix, "prefix is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.materializer = requireNonNull(materializer, "materializer is null");
    }

    @Override
    public CompletableFuture<Stored> store(Collection<Content> contents) {
        return Source.from(contents)
                .mapAsyncUnordered(PARALLELISM, content -> put((Content.Poison) content))
                .runWith(Sink.ignore(), materializer)
                .toCompletableFuture()
                .thenApply(done -> new Stored.Done());
    }

    private CompletableFuture<Done> put(Content.Poison poison) {
        ObjectNode aside = MAPPER.createObjectNode()
                .put("message_id", poison.messageId())
                .put("reason", poison.reason())
                .put("receive_count", poison.receiveCount())
                .put("body", poison.body());
        String key = prefix + poison.messageId() + ".json";
        return client.putObject(
                        put -> put.bucket(bucket).key(key).contentType("application/json"),
                        AsyncRequestBody.fromBytes(aside.toString().getBytes(UTF_8)))
                .handle((done, error) -> {
                    if (error != null) {
                        throw failed(error, "write s3://" + bucket + "/" + key);
                    }
                    return Done.getInstance();
                });
    }

    /** This write has no condition, so that a conflict is about the moment, not about the object. */
    private TaskException failed(Throwable error, String attempted) {
        Failure failure = errors.classify(error, attempted);
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        boolean conflict = cause instanceof S3Exception s3 && (s3.statusCode() == 409 || s3.statusCode() == 412);
        return new TaskException(
                conflict ? new Failure(Failure.Kind.TRANSIENT, failure.code(), failure.message()) : failure, error);
    }
}
