package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.StoredCheck.Finding;
import dev.muster.aws.s3.StoredCheck.ReadBackException;
import dev.muster.aws.s3.StoredCheck.Receipt;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes objects of a bucket under a <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">condition</a>, so that writers
 * do not overwrite each other, and reports success only for bytes that were seen to be stored.
 *
 * <ul>
 *   <li>Each write carries its MD5 digest and CRC-32, by which the server checks what arrives (Object Lock demands
 *       one of them). What was stored is then compared with what was sent, see {@link StoredCheck}; if it differs, it
 *       is written again on the condition that nobody else has replaced it.
 *   <li>A refusal is believed only after a look at the object: some servers answer 412 to every {@code If-Match} in
 *       quotes and take the same tag without them (Ceph 16).
 *   <li>On other servers than S3 the object is looked at once more, as their conditions may not be atomic.
 *   <li>{@link #probe} finds out whether a server honours conditions at all, once, before a run relies on it.
 * </ul>
 *
 * <p>Futures fail with the SDK's exceptions, or with a {@link TaskException} for what only this class can detect.
 * Nothing here retries after a pause. Thread-safe.
 */
public final class ConditionalPut {
    /** Most writes of the same bytes if the server stores others. */
    private static final int ATTEMPTS = 3;

    private static final String DIRECTORY_BUCKET = "--x-s3";

    /** End of a write. */
    public sealed interface Outcome {
        /**
         * The object is what was sent.
         *
         * @param etag in quotes
         */
        record Stored(String etag) implements Outcome {
            public Stored {
                requireNonNull(etag, "etag is null");
            }
        }

        /** The object is not as the condition says; nothing was changed. */
        record Lost() implements Outcome {}

        /** Someone else has written at the same time: the object must be read to know its content. */
        record Busy() implements Outcome {}
    }

    /** State of the object on which a write depends. */
    sealed interface Condition {
        /** Any. */
        record Any() implements Condition {}

        /** There is no object. */
        record Absent() implements Condition {}

        /** The object has this tag. */
        record Unchanged(EntityTag etag) implements Condition {
            public Unchanged {
                requireNonNull(etag, "etag is null");
            }
        }
    }

    /** Headers of a condition; null where there is none. */
    record ConditionHeaders(String ifMatch, String ifNoneMatch) {
        static ConditionHeaders of(Condition condition, boolean quoted) {
            if (condition instanceof Condition.Unchanged unchanged) {
                EntityTag etag = unchanged.etag();
                return new ConditionHeaders(quoted ? etag.quoted() : etag.value(), null);
            }
            return new ConditionHeaders(null, condition instanceof Condition.Absent ? "*" : null);
        }
    }

    /** A request that writes an object, in one piece or as the last step of several. */
    interface Write {
        CompletableFuture<Receipt> send(ConditionHeaders headers);
    }

    /** The object as it is now: absent, or with this tag if it may be read. */
    record Look(boolean absent, Optional<EntityTag> etag) {}

    private final BucketClient bucket;
    private final Consumer<AwsRequestOverrideConfiguration.Builder> limit;
    private final StoredCheck check;
    private volatile boolean quoted = true;
    private volatile boolean sendsCrc32 = true;

    /**
     * Writes to a bucket.
     *
     * @param timeout longest time for one request
     */
    public ConditionalPut(BucketClient bucket, Duration timeout) {
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.limit = override -> override.apiCallTimeout(timeout).apiCallAttemptTimeout(timeout);
        this.check = new StoredCheck(bucket, limit);
    }

    /** Creates an object if there is none. */
    public CompletableFuture<Outcome> create(String key, UploadContent content) {
        return put(key, content, new Condition.Absent(), ATTEMPTS);
    }

    /**
     * Replaces an object if it still has this ETag.
     *
     * @param etag as returned by the server
     */
    public CompletableFuture<Outcome> replace(String key, UploadContent content, String etag) {
        EntityTag tag = EntityTag.of(etag).orElseThrow(() -> new IllegalArgumentException("the ETag is empty"));
        return put(key, content, new Condition.Unchanged(tag), ATTEMPTS);
    }

    /** Writes an object whether or not there is one. */
    public CompletableFuture<Outcome> overwrite(String key, UploadContent content) {
        return put(key, content, new Condition.Any(), ATTEMPTS);
    }

    /**
     * Finds out whether the server honours the conditions of writes and stores what it is sent. If not, fails with a
     * {@link TaskException} that says what to do.
     *
     * @param key the key of an object that is written and removed for this; if removing is not permitted, it stays
     *     and is reused
     */
    public CompletableFuture<Void> probe(ProbeKey key) {
        return new ConditionProbe(this, bucket).run(key);
    }

    /**
     * Permission to grant after a write failed because access was denied: with some servers reading back is necessary.
     */
    public static String permission(Throwable error) {
        Throwable at = error;
        while (at instanceof CompletionException && !(at instanceof ReadBackException)) {
            at = at.getCause();
        }
        return at instanceof ReadBackException ? "s3:GetObject" : "s3:PutObject";
    }

    /** Reads an object and tells whether it holds exactly these bytes. */
    public CompletableFuture<Boolean> holds(String key, ContentDigest digest) {
        return check.readBack(key, digest, Optional.empty()).thenApply(Finding.Same.class::isInstance);
    }

    private CompletableFuture<Outcome> put(String key, UploadContent content, Condition condition, int attempts) {
        ContentDigest sent = content.digest();
        return outcome(key, sent, sent.md5(), condition, headers -> send(key, content, headers), found -> {
            boolean again = attempts > 1;
            return again
                    ? put(key, content, repair(condition, found), attempts - 1)
                    : CompletableFuture.failedFuture(storesOtherBytes(key, sent, found));
        });
    }

    private static Condition repair(Condition condition, Finding.Different found) {
        return condition instanceof Condition.Any ? condition : new Condition.Unchanged(found.etag());
    }

    CompletableFuture<Receipt> send(String key, UploadContent content, ConditionHeaders headers) {
        boolean withCrc32 = sendsCrc32;
        boolean withMd5 = !bucket.bucket().endsWith(DIRECTORY_BUCKET);
        ContentDigest digest = content.digest();
        return bucket.call(client -> client.putObject(
                        put -> put.bucket(bucket.bucket())
                                .key(key)
                                .contentType(content.type())
                                .ifMatch(headers.ifMatch())
                                .ifNoneMatch(headers.ifNoneMatch())
                                .contentMD5(withMd5 ? digest.md5Base64() : null)
                                .checksumCRC32(withCrc32 ? digest.crc32Base64() : null)
                                .overrideConfiguration(limit),
                        content.body()))
                .thenApply(response -> Receipt.of(response.eTag(), response.checksumCRC32()))
                .exceptionallyCompose(error -> {
                    if (withCrc32 && refusesChecksum(error)) {
                        sendsCrc32 = false;
                        return send(key, content, headers);
                    }
                    return CompletableFuture.failedFuture(error);
                });
    }

    /** Some servers refuse the newer checksum headers, which S3 itself ignored for years. */
    private static boolean refusesChecksum(Throwable error) {
        return Failure.cause(error) instanceof S3Exception s3
                && (s3.statusCode() == 501
                        || (s3.statusCode() == 400
                                && String.valueOf(s3.getMessage())
                                        .toLowerCase(Locale.ROOT)
                                        .contains("x-amz-checksum")));
    }

    /**
     * Sends a write and finds out its outcome.
     *
     * @param tagOfSent the ETag by which the object is known to be what was sent
     * @param otherwise continues if the server has stored other bytes
     */
    CompletableFuture<Outcome> outcome(
            String key,
            ContentDigest sent,
            String tagOfSent,
            Condition condition,
            Write write,
            Function<Finding.Different, CompletableFuture<Outcome>> otherwise) {
        Function<Receipt, CompletableFuture<Outcome>> stored =
                receipt -> check.check(key, sent, tagOfSent, receipt).thenCompose(found -> {
                    if (found instanceof Finding.Different different) {
                        return otherwise.apply(different);
                    }
                    return found instanceof Finding.Same same
                            ? confirmed(key, sent, same.etag())
                            : CompletableFuture.completedFuture(new Outcome.Busy());
                });
        boolean spelling = quoted;
        return write.send(ConditionHeaders.of(condition, spelling))
                .thenCompose(stored)
                .exceptionallyCompose(error ->
                        refused(key, condition, error, () -> write.send(ConditionHeaders.of(condition, !spelling))
                                .thenCompose(stored)));
    }

    /**
     * Looks once more at an object that was written. A server that checks a condition first and writes later, as other
     * servers than S3 may, lets a write through that was checked before this one, and is stored after it.
     */
    private CompletableFuture<Outcome> confirmed(String key, ContentDigest sent, EntityTag etag) {
        CompletableFuture<Outcome> stored = CompletableFuture.completedFuture(new Outcome.Stored(etag.quoted()));
        if (!bucket.elsewhere()) {
            return stored;
        }
        return look(key).thenCompose(now -> {
            boolean same =
                    !now.absent() && now.etag().filter(tag -> !tag.equals(etag)).isEmpty();
            return same
                    ? stored
                    : check.readBack(key, sent, Optional.empty())
                            .thenApply(found -> found instanceof Finding.Same again
                                    ? new Outcome.Stored(again.etag().quoted())
                                    : new Outcome.Busy());
        });
    }

    /** The same write with the tag spelled in the other way. */
    private interface OtherSpelling {
        CompletableFuture<Outcome> send();
    }

    private CompletableFuture<Outcome> refused(
            String key, Condition condition, Throwable error, OtherSpelling otherSpelling) {
        Optional<LostRace> race = LostRace.of(error);
        boolean failed = race.filter(LostRace.CONDITION_FAILED::equals).isPresent();
        if (race.isEmpty() || (failed && condition instanceof Condition.Any && LostRace.status(error) == 404)) {
            return CompletableFuture.failedFuture(error);
        } else if (!failed || condition instanceof Condition.Any) {
            return CompletableFuture.completedFuture(new Outcome.Busy());
        }
        return look(key).thenCompose(now -> {
            if (condition instanceof Condition.Unchanged unchanged) {
                return now.etag().filter(unchanged.etag()::equals).isEmpty()
                        ? CompletableFuture.completedFuture(new Outcome.Lost())
                        : otherSpelling.send().exceptionallyCompose(again -> refusedTwice(key, again));
            }
            if (!now.absent()) {
                return CompletableFuture.completedFuture(new Outcome.Lost());
            }
            return CompletableFuture.failedFuture(
                    LostRace.status(error) == 404
                            ? error
                            : contradiction(key, error, "says that there is such an object, but there is none"));
        });
    }

    private CompletableFuture<Outcome> refusedTwice(String key, Throwable error) {
        return CompletableFuture.failedFuture(
                LostRace.of(error).isPresent()
                        ? contradiction(key, error, "refuses every If-Match, though the object has not changed")
                        : error);
    }

    private TaskException contradiction(String key, Throwable error, String what) {
        return new TaskException(
                new Failure(
                        Failure.Kind.TRANSIENT,
                        "PreconditionFailed",
                        "write " + bucket.uri(key) + " failed: the server " + what + " (" + LostRace.status(error)
                                + ")"),
                error);
    }

    TaskException storesOtherBytes(String key, ContentDigest sent, Finding.Different found) {
        return new TaskException(new Failure(
                Failure.Kind.INVALID,
                "StoredOtherBytes",
                "write " + bucket.uri(key) + " failed: the server was sent " + sent.length()
                        + " bytes and has stored others (" + found.length()
                        + "), which it takes for right; nothing that it stores is safe, so use another server"));
    }

    /** Asks for the object's tag. An answer that denies access tells that there may be one. */
    CompletableFuture<Look> look(String key) {
        return bucket.call(client -> client.headObject(
                        head -> head.bucket(bucket.bucket()).key(key).overrideConfiguration(limit)))
                .thenApply(object -> new Look(false, EntityTag.of(object.eTag())))
                .exceptionallyCompose(error -> switch (LostRace.status(error)) {
                    case 404 -> CompletableFuture.completedFuture(new Look(true, Optional.empty()));
                    case 401, 403, 405, 501 -> CompletableFuture.completedFuture(new Look(false, Optional.empty()));
                    default -> CompletableFuture.failedFuture(error);
                });
    }

    /** Removes an object of a probe, where that is permitted. */
    CompletableFuture<?> removed(String key) {
        return bucket.call(client -> client.deleteObject(
                        delete -> delete.bucket(bucket.bucket()).key(key).overrideConfiguration(limit)))
                .handle((done, error) -> null);
    }

    BucketClient bucket() {
        return bucket;
    }

    Consumer<AwsRequestOverrideConfiguration.Builder> limit() {
        return limit;
    }

    StoredCheck check() {
        return check;
    }

    /** From now on, spells tags in {@code If-Match} the way that was seen to work. */
    void spell(boolean inQuotes) {
        quoted = inQuotes;
    }

    boolean quoted() {
        return quoted;
    }

    /**
     * Names of the object by which a server is tested. Others may use the same name at the same time; a unique name is
     * inserted between the two parts.
     *
     * @param start of the key
     * @param end of the key; may be empty
     */
    public record ProbeKey(String start, String end) {
        String shared() {
            return start + end;
        }

        String own() {
            return start + "-" + UUID.randomUUID() + end;
        }

        /** The folder of the object: the key's beginning up to and including the last slash. */
        public String folder() {
            return start.substring(0, start.lastIndexOf('/') + 1);
        }
    }
}
