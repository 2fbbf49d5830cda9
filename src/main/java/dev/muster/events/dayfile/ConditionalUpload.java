package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.FileRequestBodyConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Uploads files under a condition: in one request, or past a limit in parts, where the condition goes with the request that
 * completes them. Parts are sent one after the other, so that memory holds a buffer of one.
 *
 * @param multipartOver bytes of the largest file to be sent in one request
 */
record ConditionalUpload(
        S3AsyncClient client,
        String bucket,
        Consumer<AwsRequestOverrideConfiguration.Builder> limit,
        long multipartOver) {
    private static final long MIN_PART = 64L << 20;
    private static final long MAX_PARTS = 10_000;

    ConditionalUpload {
        requireNonNull(client, "client is null");
        requireNonNull(bucket, "bucket is null");
    }

    /**
     * On what an upload depends.
     *
     * @param etag the object still has this one; empty: there is no object
     */
    record Condition(Optional<String> etag) {
        static Condition ifMatch(String etag) {
            return new Condition(Optional.of(etag));
        }

        static Condition ifNoneMatch() {
            return new Condition(Optional.empty());
        }

        String none() {
            return etag.isPresent() ? null : "*";
        }
    }

    CompletableFuture<?> put(String key, Path file, Condition condition) {
        long size = file.toFile().length();
        if (size > multipartOver) {
            return client.createMultipartUpload(
                            create -> create.bucket(bucket).key(key).overrideConfiguration(limit))
                    .thenCompose(created -> parts(key, file, size, created.uploadId(), condition));
        }
        return client.putObject(
                put -> put.bucket(bucket)
                        .key(key)
                        .ifMatch(condition.etag().orElse(null))
                        .ifNoneMatch(condition.none())
                        .overrideConfiguration(limit),
                AsyncRequestBody.fromFile(file));
    }

    private CompletableFuture<?> parts(String key, Path file, long size, String upload, Condition condition) {
        CompletableFuture<List<CompletedPart>> parts = CompletableFuture.completedFuture(new ArrayList<>());
        long partSize = Math.max(Math.min(MIN_PART, multipartOver), (size + MAX_PARTS - 1) / MAX_PARTS);
        for (long start = 0; start < size; start += partSize) {
            long from = start;
            long length = Math.min(partSize, size - start);
            parts = parts.thenCompose(done -> part(key, file, from, length, upload, done));
        }
        return parts.thenCompose(done -> client.completeMultipartUpload(complete -> complete.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .ifMatch(condition.etag().orElse(null))
                        .ifNoneMatch(condition.none())
                        .multipartUpload(all -> all.parts(done))
                        .overrideConfiguration(limit)))
                .exceptionallyCompose(error -> aborted(key, upload, error));
    }

    /** Fails with the error that made the upload useless, whether or not its parts could be removed. */
    private CompletableFuture<CompleteMultipartUploadResponse> aborted(String key, String upload, Throwable error) {
        return client.abortMultipartUpload(
                        abort -> abort.bucket(bucket).key(key).uploadId(upload))
                .handle((done, ignored) -> {
                    throw new CompletionException(error);
                });
    }

    private CompletableFuture<List<CompletedPart>> part(
            String key, Path file, long start, long length, String upload, List<CompletedPart> done) {
        int number = done.size() + 1;
        AsyncRequestBody body = AsyncRequestBody.fromFile(FileRequestBodyConfiguration.builder()
                .path(file)
                .position(start)
                .numBytesToRead(length)
                .build());
        return client.uploadPart(
                        part -> part.bucket(bucket)
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .overrideConfiguration(limit),
                        body)
                .thenApply(uploaded -> {
                    done.add(CompletedPart.builder()
                            .partNumber(number)
                            .eTag(uploaded.eTag())
                            .build());
                    return done;
                });
    }
}
