package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.TaskException;
import dev.muster.events.queue.FailureClassifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.FileTransformerConfiguration;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Day files in a bucket. The client must not retry. */
public final class S3DayObjects implements DayObjects {
    private final S3AsyncClient client;
    private final String bucket;
    private final Duration timeout;
    private final ConditionalUpload upload;
    private final FailureClassifier errors;
    private final Executor blocking;

    /**
     * Objects of a bucket.
     *
     * @param timeout the longest that a transfer may take
     * @param multipartOver files of more bytes are uploaded in parts
     * @param blocking runs what waits for the disk
     */
    public S3DayObjects(
            S3AsyncClient client,
            String bucket,
            Duration timeout,
            long multipartOver,
            FailureClassifier errors,
            Executor blocking) {
        this.client = requireNonNull(client, "client is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.blocking = requireNonNull(blocking, "blocking is null");
        this.upload = new ConditionalUpload(client, bucket, limit(timeout), multipartOver);
    }

    @Override
    public CompletableFuture<Found> read(String key, Path into) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .overrideConfiguration(limit(timeout))
                .build();
        return client.getObject(
                        request,
                        AsyncResponseTransformer.toFile(
                                into, FileTransformerConfiguration.defaultCreateOrReplaceExisting()))
                .handleAsync(
                        (response, error) -> {
                            if (error != null) {
                                return notRead(key, into, cause(error));
                            }
                            CheckedDownload.verify(uri(key), into, response);
                            return new Found.Whole(response.eTag());
                        },
                        blocking);
    }

    /** A bucket that does not exist answers 404 as well; that is not a day without a file. */
    private Found notRead(String key, Path into, Throwable error) {
        if (error instanceof S3Exception s3) {
            String code = code(s3);
            if (s3.statusCode() == 404 && (code.equals("NoSuchKey") || code.isEmpty())) {
                return new Found.Missing();
            }
            if (s3.statusCode() == 403 && (code.equals("AccessDenied") || code.isEmpty())) {
                return new Found.Denied();
            }
        }
        throw DiskFailure.within(error)
                .or(() -> DiskFailure.ofDownload(error))
                .map(disk -> DiskFailure.of(disk, "keep " + uri(key) + " on disk in " + into.getParent()))
                .orElseGet(() -> errors.exception(error, "read " + uri(key)));
    }

    @Override
    public CompletableFuture<Written> replace(String key, Path content, String etag) {
        return written(key, upload.put(key, content, ConditionalUpload.Condition.ifMatch(etag)));
    }

    @Override
    public CompletableFuture<Written> create(String key, Path content) {
        return written(key, upload.put(key, content, ConditionalUpload.Condition.ifNoneMatch()));
    }

    private CompletableFuture<Written> written(String key, CompletableFuture<?> put) {
        return put.handle((done, error) -> {
            if (error == null) {
                return Written.DONE;
            }
            Throwable cause = cause(error);
            if (cause instanceof S3Exception s3 && isConflict(s3)) {
                return s3.statusCode() == 409 ? Written.BUSY : Written.CONFLICT;
            }
            throw new TaskException(errors.classify(cause, "write " + uri(key), "s3:PutObject on " + key), cause);
        });
    }

    /** 412: the condition failed; 409: somebody writes at the same time; NoSuchKey: the replaced object is gone. */
    private static boolean isConflict(S3Exception error) {
        return error.statusCode() == 412
                || (error.statusCode() == 409 && !code(error).startsWith("Bucket"))
                || (error.statusCode() == 404 && code(error).equals("NoSuchKey"));
    }

    private static Consumer<AwsRequestOverrideConfiguration.Builder> limit(Duration timeout) {
        return builder -> builder.apiCallTimeout(timeout).apiCallAttemptTimeout(timeout);
    }

    private static String code(S3Exception error) {
        String code =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    private static Throwable cause(Throwable error) {
        Throwable cause = error;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }
}
