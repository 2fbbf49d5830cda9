package dev.muster.events.dayfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.aws.s3.BucketClient;
import dev.muster.aws.s3.ConditionalPut;
import dev.muster.aws.s3.ConditionalPut.Outcome;
import dev.muster.aws.s3.ContentDigest;
import dev.muster.aws.s3.UploadContent;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.queue.FailureClassifier;
import dev.muster.output.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;

/**
 * Sets messages aside, each as an object of its own under its message id: a JSON object with {@code message_id}, {@code
 * reason}, {@code receive_count} and the {@code body} as it was received, in ASCII with everything
 * else escaped. A message that is set aside twice stays one object; another one of the same id has the digest of its
 * body in its name as well.
 */
public final class QuarantineStore implements DurableStore {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PARALLELISM = 8;
    /** Timeout for one message, of at most 1 MiB. */
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
        CompletableFuture<Outcome> written = put.create(key, content)
                .thenCompose(outcome -> outcome instanceof Outcome.Lost
                        ? keyBeside(key, poison).thenCompose(free -> put.overwrite(free, content))
                        : CompletableFuture.completedFuture(outcome));
        return written.handle((outcome, error) -> {
            String attempted = "write " + bucket.uri(key);
            if (error != null) {
                String permission = ConditionalPut.permission(error) + " on " + bucket.uri(prefix) + "*";
                throw new TaskException(errors.classify(error, attempted, permission), error);
            } else if (!(outcome instanceof Outcome.Stored)) {
                throw new TaskException(new Failure(
                        Failure.Kind.TRANSIENT, "Conflict", attempted + " failed: it is being written by others"));
            }
            return Done.getInstance();
        });
    }

    /** The same key if the object there has the same body; another one if not, or if that cannot be known. */
    private CompletableFuture<String> keyBeside(String key, Content.Poison poison) {
        return bucket.call(client -> client.getObject(
                        get -> get.bucket(bucket.bucket())
                                .key(key)
                                .overrideConfiguration(limit -> limit.apiCallTimeout(TIMEOUT)),
                        AsyncResponseTransformer.toBytes()))
                .handle((there, error) -> error == null && poison.body().equals(body(there.asByteArray()))
                        ? key
                        : prefix + poison.messageId() + "-" + digest(poison.body()) + ".json");
    }

    private static String body(byte[] object) {
        try {
            return JSON.readTree(object).path("body").textValue();
        } catch (IOException e) {
            return null; // no message that was set aside
        }
    }

    private static String digest(String body) {
        byte[] ascii = Json.dumps(body).getBytes(UTF_8);
        ContentDigest digest = new ContentDigest();
        digest.update(ascii, ascii.length);
        return digest.md5();
    }
}
