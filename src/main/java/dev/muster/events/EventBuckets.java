package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.BucketClient;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.DurableStore;
import dev.muster.events.dayfile.QuarantineStore;
import dev.muster.events.dayfile.S3DayObjects;
import dev.muster.events.queue.FailureClassifier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.stream.Materializer;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The buckets that a run writes to.
 *
 * @param client the client of a bucket by name, in whatever region it is
 * @param errors classifies what it throws
 */
public record EventBuckets(Function<String, BucketClient> client, FailureClassifier errors) {
    public EventBuckets {
        requireNonNull(client, "client is null");
        requireNonNull(errors, "errors is null");
    }

    S3DayObjects dayObjects(EventsSettings settings, Executor blocking) {
        DayObjectSettings where = settings.dayObjects();
        return new S3DayObjects(
                client.apply(where.bucket()),
                settings.mergeTimeout(),
                where.multipartOver(),
                where.probeKey(),
                errors,
                blocking);
    }

    DurableStore quarantine(EventsSettings settings, Materializer materializer) {
        DayObjectSettings where = settings.dayObjects();
        return new QuarantineStore(
                client.apply(where.quarantineBucket()), where.quarantinePrefix(), errors, materializer);
    }

    /** Fails if day files cannot be written safely, or the quarantine's bucket does not exist. */
    CompletableFuture<Void> ready(EventsSettings settings, S3DayObjects dayObjects) {
        DayObjectSettings where = settings.dayObjects();
        boolean other = settings.quarantine() && !where.quarantineBucket().equals(where.bucket());
        return other ? dayObjects.ready().thenCompose(ready -> exists(where.quarantineBucket())) : dayObjects.ready();
    }

    /** Fails if a bucket does not exist. A refusal to tell is no failure. */
    CompletableFuture<Void> exists(String bucket) {
        return client.apply(bucket)
                .call(s3 -> s3.headBucket(head -> head.bucket(bucket)))
                .handle((there, error) -> {
                    Throwable cause = error == null ? null : Failure.cause(error);
                    boolean told = cause instanceof S3Exception s3
                            && s3.statusCode() != 404
                            && s3.statusCode() < 500
                            && s3.statusCode() != 429;
                    if (cause != null && !told) {
                        throw new TaskException(errors.classify(cause, "look at bucket " + bucket), cause);
                    }
                    return null;
                });
    }
}
