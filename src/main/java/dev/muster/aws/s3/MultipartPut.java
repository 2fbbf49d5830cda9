package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.ConditionalPut.Condition;
import dev.muster.aws.s3.ConditionalPut.ConditionHeaders;
import dev.muster.aws.s3.ConditionalPut.Outcome;
import dev.muster.aws.s3.ConditionalPut.ProbeKey;
import dev.muster.aws.s3.StoredCheck.Receipt;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Uploads files in parts, with a condition on the request that completes the upload. Parts are sent one after the
 * other, so memory holds one buffer; each is checked before the object is touched.
 */
public final class MultipartPut {
    private static final long LEAST_PART = 64L << 20;
    private static final long MOST_PARTS = 10_000;
    private static final EntityTag WRONG = new EntityTag("0123456789abcdef0123456789abcdef");

    private final ConditionalPut put;
    private final BucketClient bucket;
    private final Executor blocking;

    /** Digests and tags of the parts so far, in order. */
    private record Parts(List<CompletedPart> done, ContentDigest whole, ContentDigest ofDigests) {
        Parts() {
            this(new ArrayList<>(), new ContentDigest(), new ContentDigest());
        }

        /** ETag as computed by S3: from the parts' digests, with their number. */
        String etag() {
            return ofDigests.md5() + "-" + done.size();
        }
    }

    /**
     * Uploads to the same bucket as another writer.
     *
     * @param blocking executor of what waits for the disk
     */
    public MultipartPut(ConditionalPut put, Executor blocking) {
        this.put = requireNonNull(put, "put is null");
        this.bucket = put.bucket();
        this.blocking = requireNonNull(blocking, "blocking is null");
    }

    /**
     * Tells whether the server honours conditions when it completes an upload. Some honour them only for a PUT (Ceph,
     * moto).
     *
     * @param key the key of an object that is written and removed to find out
     */
    public CompletableFuture<Boolean> keepsConditions(ProbeKey key) {
        String own = key.own();
        UploadContent content =
                UploadContent.of("Written by muster, to be removed.\n".getBytes(StandardCharsets.UTF_8));
        return put.overwrite(own, content)
                .thenCompose(done -> completes(own, content, new Condition.Absent()))
                .thenCompose(taken -> taken
                        ? CompletableFuture.completedFuture(true)
                        : completes(own, content, new Condition.Unchanged(WRONG)))
                .exceptionallyCompose(
                        error -> put.removed(own).thenCompose(gone -> CompletableFuture.failedFuture(error)))
                .thenCompose(taken -> put.removed(own).thenApply(gone -> !taken));
    }

    /** Tells whether an upload is completed although its condition does not hold. */
    private CompletableFuture<Boolean> completes(String key, UploadContent content, Condition condition) {
        return begun(key).thenCompose(upload -> part(key, upload, content, new Parts())
                .thenCompose(parts -> complete(key, upload, parts.done(), ConditionHeaders.of(condition, put.quoted())))
                .thenApply(done -> true)
                .exceptionallyCompose(error -> aborted(key, upload)
                        .thenCompose(gone -> LostRace.of(error).isPresent()
                                ? CompletableFuture.completedFuture(false)
                                : CompletableFuture.failedFuture(error))));
    }

    /** Creates an object if there is none. */
    public CompletableFuture<Outcome> create(String key, Path file, long partSize) {
        return upload(key, file, partSize, new Condition.Absent());
    }

    /**
     * Replaces an object if it still has this ETag.
     *
     * @param etag as returned by the server
     */
    public CompletableFuture<Outcome> replace(String key, Path file, long partSize, String etag) {
        EntityTag tag = EntityTag.of(etag).orElseThrow(() -> new IllegalArgumentException("the ETag is empty"));
        return upload(key, file, partSize, new Condition.Unchanged(tag));
    }

    private CompletableFuture<Outcome> upload(String key, Path file, long partSize, Condition condition) {
        long size = file.toFile().length();
        long most = Math.max(Math.min(LEAST_PART, partSize), (size + MOST_PARTS - 1) / MOST_PARTS);
        return begun(key).thenCompose(upload -> parts(key, upload, file, size, most)
                .thenCompose(parts -> put.outcome(
                        key,
                        parts.whole(),
                        parts.etag(),
                        condition,
                        headers -> complete(key, upload, parts.done(), headers),
                        found -> CompletableFuture.failedFuture(put.storesOtherBytes(key, parts.whole(), found))))
                .thenCompose(outcome -> outcome instanceof Outcome.Stored
                        ? CompletableFuture.completedFuture(outcome)
                        : aborted(key, upload).thenApply(gone -> outcome))
                .exceptionallyCompose(
                        error -> aborted(key, upload).thenCompose(gone -> CompletableFuture.failedFuture(error))));
    }

    private CompletableFuture<String> begun(String key) {
        return bucket.call(client -> client.createMultipartUpload(
                        create -> create.bucket(bucket.bucket()).key(key).overrideConfiguration(put.limit())))
                .thenApply(created -> created.uploadId());
    }

    private CompletableFuture<Parts> parts(String key, String upload, Path file, long size, long partSize) {
        CompletableFuture<Parts> parts = CompletableFuture.completedFuture(new Parts());
        for (long start = 0; start < size; start += partSize) {
            long from = start;
            long length = Math.min(partSize, size - start);
            parts = parts.thenComposeAsync(
                    done -> part(key, upload, content(file, from, length, done.whole()), done), blocking);
        }
        return parts;
    }

    private static UploadContent content(Path file, long start, long length, ContentDigest whole) {
        try {
            return UploadContent.of(file, start, length, List.of(whole));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Parts> part(String key, String upload, UploadContent content, Parts parts) {
        int number = parts.done().size() + 1;
        ContentDigest digest = content.digest();
        return bucket.call(client -> client.uploadPart(
                        part -> part.bucket(bucket.bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .contentMD5(digest.md5Base64())
                                .overrideConfiguration(put.limit()),
                        content.body()))
                .thenApply(uploaded -> {
                    EntityTag.of(uploaded.eTag())
                            .filter(tag -> tag.mayBeDigest()
                                    && !tag.isDigest(digest.md5())
                                    && put.check().tagsAreDigests())
                            .ifPresent(tag -> {
                                throw otherPart(key, number);
                            });
                    parts.done()
                            .add(CompletedPart.builder()
                                    .partNumber(number)
                                    .eTag(uploaded.eTag())
                                    .build());
                    parts.ofDigests()
                            .update(
                                    HexFormat.of().parseHex(digest.md5()),
                                    digest.md5().length() / 2);
                    return parts;
                });
    }

    private TaskException otherPart(String key, int number) {
        return new TaskException(new Failure(
                Failure.Kind.INVALID,
                "StoredOtherBytes",
                "write " + bucket.uri(key) + " failed: the server has stored other bytes of part " + number
                        + " than it was sent; nothing was changed; use another server"));
    }

    private CompletableFuture<Receipt> complete(
            String key, String upload, List<CompletedPart> parts, ConditionHeaders headers) {
        return bucket.call(client -> client.completeMultipartUpload(complete -> complete.bucket(bucket.bucket())
                        .key(key)
                        .uploadId(upload)
                        .ifMatch(headers.ifMatch())
                        .ifNoneMatch(headers.ifNoneMatch())
                        .multipartUpload(all -> all.parts(parts))
                        .overrideConfiguration(put.limit())))
                .thenApply(MultipartPut::receipt);
    }

    private static Receipt receipt(CompleteMultipartUploadResponse response) {
        return Receipt.of(response.eTag(), null);
    }

    /** Removes the parts; a failure to do so is ignored, as what matters is why the upload is useless. */
    private CompletableFuture<?> aborted(String key, String upload) {
        return bucket.call(client -> client.abortMultipartUpload(abort ->
                        abort.bucket(bucket.bucket()).key(key).uploadId(upload).overrideConfiguration(put.limit())))
                .handle((done, error) -> null);
    }
}
