package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;

/**
 * Holds what a server has stored against what it was sent: by the ETag where that is the MD5 digest, else by the
 * checksum that came back, else by reading it back. Objects that are encrypted with a key of KMS, and those of some
 * servers, have other ETags.
 */
final class StoredCheck {
    private final BucketClient bucket;
    private final Consumer<AwsRequestOverrideConfiguration.Builder> limit;
    private volatile boolean tagsAreDigests = true;

    /** Failure to read back what was written. */
    static final class ReadBackException extends CompletionException {
        private static final long serialVersionUID = 1L;

        ReadBackException(Throwable cause) {
            super(cause);
        }
    }

    /** Result of a comparison with what is stored. */
    sealed interface Finding {
        /** Exactly what was sent. */
        record Same(EntityTag etag) implements Finding {
            public Same {
                requireNonNull(etag, "etag is null");
            }
        }

        /** Other bytes than were sent, as the answer to this very write. */
        record Different(EntityTag etag, long length) implements Finding {
            public Different {
                requireNonNull(etag, "etag is null");
            }
        }

        /** Something else, or nothing: the outcome of this write is unknown. */
        record Unknown() implements Finding {}
    }

    /**
     * Answer of a server to a write.
     *
     * @param crc32 the checksum of what it stored, in Base64
     */
    record Receipt(Optional<EntityTag> etag, Optional<String> crc32) {
        Receipt {
            requireNonNull(etag, "etag is null");
            requireNonNull(crc32, "crc32 is null");
        }

        static Receipt of(String etag, String crc32) {
            return new Receipt(EntityTag.of(etag), Optional.ofNullable(crc32));
        }
    }

    StoredCheck(BucketClient bucket, Consumer<AwsRequestOverrideConfiguration.Builder> limit) {
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    /**
     * Tells whether ETags of this server are MD5 digests, as far as is known: then another one means other bytes.
     */
    boolean tagsAreDigests() {
        return tagsAreDigests;
    }

    /** Checks a write; asks the server only if its answer does not tell. */
    CompletableFuture<Finding> check(String key, ContentDigest sent, String tagOfSent, Receipt receipt) {
        Optional<EntityTag> etag = receipt.etag();
        boolean byTag = etag.filter(tag -> tag.isDigest(tagOfSent)).isPresent();
        boolean bySum = etag.isPresent()
                && receipt.crc32().filter(sent.crc32Base64()::equals).isPresent();
        tagsAreDigests &= byTag || !bySum;
        return byTag || bySum
                ? CompletableFuture.completedFuture(new Finding.Same(etag.orElseThrow()))
                : readBack(key, sent, etag);
    }

    /** Reads an object and compares it. */
    CompletableFuture<Finding> readBack(String key, ContentDigest sent, Optional<EntityTag> told) {
        ContentDigest stored = new ContentDigest();
        return bucket.call(client -> client.getObject(
                        get -> get.bucket(bucket.bucket()).key(key).overrideConfiguration(limit),
                        AsyncResponseTransformer.toPublisher()))
                .thenCompose(body -> body.subscribe(stored::update)
                        .thenApply(done -> finding(
                                sent, stored, told, EntityTag.of(body.response().eTag()))))
                .exceptionallyCompose(error -> LostRace.status(error) == 404
                        ? CompletableFuture.completedFuture(new Finding.Unknown())
                        : CompletableFuture.failedFuture(new ReadBackException(Failure.cause(error))));
    }

    private Finding finding(
            ContentDigest sent, ContentDigest stored, Optional<EntityTag> told, Optional<EntityTag> found) {
        if (stored.matches(sent)) {
            tagsAreDigests &= told.filter(tag -> !tag.isDigest(sent.md5())).isEmpty();
            return found.or(() -> told).<Finding>map(Finding.Same::new).orElseGet(Finding.Unknown::new);
        }
        return told.isPresent() && told.equals(found)
                ? new Finding.Different(told.get(), stored.length())
                : new Finding.Unknown();
    }
}
