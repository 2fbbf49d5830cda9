package dev.muster.events.dayfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.BucketClient;
import dev.muster.aws.s3.ConditionalPut;
import dev.muster.aws.s3.UploadContent;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.queue.FailureClassifier;
import dev.muster.output.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Sets messages aside, each as an object of its own under its message id: a JSON object with {@code message_id}, {@code
 * reason}, {@code receive_count} and the {@code body} as it was received, in ASCII with everything
 * else escaped. A message that is set aside twice stays one object.
 */
public final class QuarantineStore implements DurableStore {
    private static final int PARALLELISM = 8;
    /** For one message, of at most 1 MiB. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final BucketClient bucket;
    private final ConditionalPut put;
    private final String prefix;
    private final FailureClassifier errors;
    private final Materializer materializer;

    public QuarantineStore(BucketClient bucket, String prefix, FailureClassifier errors, Materializer materializer) {
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.put = new ConditionalPut(bucket, TIMEOUT);
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
        Map<String, Object> aside = new LinkedHashMap<>();
        aside.put("message_id", poison.messageId());
        aside.put("reason", poison.reason());
        aside.put("receive_count", poison.receiveCount());
        aside.put("body", poison.body());
        String key = prefix + poison.messageId() + ".json";
        UploadContent content =
                UploadContent.of(Json.dumps(aside).getBytes(UTF_8)).as("application/json");
        return put.overwrite(key, content).handle((outcome, error) -> {
            String attempted = "write " + bucket.uri(key);
            if (error != null) {
                throw new TaskException(
                        errors.classify(error, attempted, "s3:PutObject on " + bucket.uri(prefix) + "*"), error);
            } else if (!(outcome instanceof ConditionalPut.Outcome.Stored)) {
                throw new TaskException(new Failure(
                        Failure.Kind.TRANSIENT, "Conflict", attempted + " failed: it is being written by others"));
            }
            return Done.getInstance();
        });
    }
}
