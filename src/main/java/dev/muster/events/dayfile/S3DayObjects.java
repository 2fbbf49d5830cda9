package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.ErrorClassifier;
import dev.muster.aws.s3.BucketClient;
import dev.muster.aws.s3.ConditionalPut;
import dev.muster.aws.s3.ConditionalPut.Outcome;
import dev.muster.aws.s3.ConditionalPut.ProbeKey;
import dev.muster.aws.s3.ContentDigest;
import dev.muster.aws.s3.EntityTag;
import dev.muster.aws.s3.MultipartPut;
import dev.muster.aws.s3.UploadContent;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.DayStore.DayObjects;
import dev.muster.events.queue.FailureClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.FileTransformerConfiguration;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Day files in a bucket. Before the first write the server is seen to keep the conditions on which every write depends.
 * A server that keeps them for a PUT, but not when it completes an upload in parts, or knows no such uploads, is sent files in
 * one piece, and none that S3 would not take so.
 */
public final class S3DayObjects implements DayObjects {
    private static final Logger LOG = LoggerFactory.getLogger(S3DayObjects.class);
    /** S3's limit for a single PUT. */
    private static final long LARGEST_PUT = 5L << 30;

    private final BucketClient bucket;
    private final Duration timeout;
    private final long multipartOver;
    private final ProbeKey probeKey;
    private final ConditionalPut put;
    private final MultipartPut parts;
    private final FailureClassifier errors;
    private final Executor blocking;
    private final AtomicBoolean toldInOnePiece = new AtomicBoolean();
    private volatile Optional<CompletableFuture<Void>> probed = Optional.empty();
    private volatile Optional<CompletableFuture<Boolean>> partsProbed = Optional.empty();

    /**
     * Objects of a bucket.
     *
     * @param timeout the longest that a transfer may take
     * @param multipartOver files of more bytes are uploaded in parts
     * @param probeKey of an object that is written and removed to see what the server does
     * @param blocking runs what waits for the disk
     */
    public S3DayObjects(
            BucketClient bucket,
            Duration timeout,
            long multipartOver,
            ProbeKey probeKey,
            FailureClassifier errors,
            Executor blocking) {
        this.bucket = requireNonNull(bucket, "bucket is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.multipartOver = multipartOver;
        this.probeKey = requireNonNull(probeKey, "probeKey is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.blocking = requireNonNull(blocking, "blocking is null");
        this.put = new ConditionalPut(bucket, timeout);
        this.parts = new MultipartPut(put, blocking);
    }

    /** Sees once whether the bucket can be written, and the server keeps conditions; remembers a good result. */
    public CompletableFuture<Void> ready() {
        Optional<CompletableFuture<Void>> before = probed.filter(probe -> !probe.isCompletedExceptionally());
        if (before.isPresent()) {
            return before.get();
        }
        CompletableFuture<Void> probe =
                put.probe(probeKey).exceptionallyCompose(error -> failedWrite(probeKey.folder(), error));
        probed = Optional.of(probe);
        return probe;
    }

    @Override
    public CompletableFuture<Found> read(String key, Path into) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket.bucket())
                .key(key)
                .overrideConfiguration(limit -> limit.apiCallTimeout(timeout).apiCallAttemptTimeout(timeout))
                .build();
        return bucket.call(client -> client.getObject(
                        request,
                        AsyncResponseTransformer.toFile(
                                into, FileTransformerConfiguration.defaultCreateOrReplaceExisting())))
                .thenApplyAsync(response -> CheckedDownload.of(bucket.uri(key), into, response), blocking)
                .thenCompose(download -> checked(key, download))
                .exceptionally(error -> notRead(key, into, Failure.cause(error)));
    }

    /** Reads a second time what neither length nor ETag vouches for. */
    private CompletableFuture<Found> checked(String key, CheckedDownload download) {
        Found.Whole whole = new Found.Whole(download.etag());
        return download.doubtful().isEmpty()
                ? CompletableFuture.completedFuture(whole)
                : put.holds(key, download.doubtful().get()).thenApply(same -> {
                    if (!same) {
                        throw CheckedDownload.broken(bucket.uri(key), "a second read brought other bytes");
                    }
                    return whole;
                });
    }

    /** A bucket that does not exist answers 404 as well; that is not a day without a file. */
    private Found notRead(String key, Path into, Throwable error) {
        if (error instanceof TaskException told) {
            throw told;
        } else if (error instanceof S3Exception s3) {
            String code = code(s3);
            if (s3.statusCode() == 404 && (code.equals("NoSuchKey") || code.isEmpty())) {
                return new Found.Missing();
            }
            if (s3.statusCode() == 403
                    && (code.equals("AccessDenied") || code.isEmpty())
                    && !ErrorClassifier.isDoubted(s3)) {
                return new Found.Denied();
            }
        }
        throw DiskFailure.within(error)
                .or(() -> DiskFailure.ofDownload(error))
                .map(disk -> DiskFailure.of(disk, "keep " + bucket.uri(key) + " on disk in " + into.getParent()))
                .orElseGet(() -> errors.exception(error, "read " + bucket.uri(key)));
    }

    @Override
    public CompletableFuture<Written> replace(String key, Path content, String etag) {
        return write(
                key,
                content,
                whole -> put.replace(key, whole, etag),
                () -> parts.replace(key, content, multipartOver, etag));
    }

    @Override
    public CompletableFuture<Written> create(String key, Path content) {
        return write(key, content, whole -> put.create(key, whole), () -> parts.create(key, content, multipartOver));
    }

    private interface InOnePiece {
        CompletableFuture<Outcome> put(UploadContent whole);
    }

    private interface InParts {
        CompletableFuture<Outcome> upload();
    }

    private CompletableFuture<Written> write(String key, Path file, InOnePiece whole, InParts inParts) {
        return ready().thenCompose(ready -> inParts(key, file.toFile().length()))
                .thenComposeAsync(split -> split ? inParts.upload() : whole.put(content(key, file)), blocking)
                .thenApply(S3DayObjects::written)
                .exceptionallyCompose(error -> failedWrite(key, error));
    }

    /** Fails for a file that can be sent neither in one piece nor in parts without losing what others write meanwhile. */
    private CompletableFuture<Boolean> inParts(String key, long size) {
        if (size <= multipartOver) {
            return CompletableFuture.completedFuture(false);
        }
        return partsReady().thenApply(conditional -> {
            if (!conditional && size > LARGEST_PUT) {
                throw new TaskException(new Failure(
                        Failure.Kind.INVALID,
                        "NoConditionalParts",
                        String.format(
                                Locale.ROOT,
                                "write %s failed: it would have %,d bytes, S3 takes 5 GiB in one piece, and in parts this"
                                        + " server does not keep writers apart; let muster.events.gzip make it smaller, or"
                                        + " move the file away",
                                bucket.uri(key),
                                size)));
            }
            return conditional;
        });
    }

    /** Whether uploads in parts can be completed under a condition: found out once, unless that fails for now. */
    private CompletableFuture<Boolean> partsReady() {
        Optional<CompletableFuture<Boolean>> before = partsProbed.filter(probe -> !probe.isCompletedExceptionally());
        if (before.isPresent()) {
            return before.get();
        }
        CompletableFuture<Boolean> probe = parts.keepsConditions(probeKey)
                .thenApply(conditional -> {
                    if (!conditional) {
                        tellInOnePiece("it ignores the condition that completes them");
                    }
                    return conditional;
                })
                .exceptionallyCompose(error -> {
                    Failure failure = errors.classify(Failure.cause(error), "upload in parts to " + bucket.uri(""));
                    if (failure.kind().retriable()) {
                        return CompletableFuture.failedFuture(error);
                    }
                    tellInOnePiece(failure.message());
                    return CompletableFuture.completedFuture(false);
                });
        partsProbed = Optional.of(probe);
        return probe;
    }

    private void tellInOnePiece(String why) {
        if (toldInOnePiece.compareAndSet(false, true)) {
            LOG.warn(
                    "the server of {} takes no uploads in parts that keep writers apart ({}): files are sent in one piece, of"
                            + " 5 GiB at most",
                    bucket.uri(""),
                    why);
        }
    }

    private UploadContent content(String key, Path file) {
        try {
            return UploadContent.of(file);
        } catch (IOException e) {
            throw DiskFailure.of(e, "read what is to be " + bucket.uri(key) + " from disk in " + file.getParent());
        }
    }

    private static Written written(Outcome outcome) {
        if (outcome instanceof Outcome.Stored) {
            return Written.DONE;
        }
        return outcome instanceof Outcome.Lost ? Written.CONFLICT : Written.BUSY;
    }

    private <V> CompletableFuture<V> failedWrite(String key, Throwable error) {
        Throwable cause = Failure.cause(error);
        String uri = bucket.uri(key);
        return CompletableFuture.failedFuture(new TaskException(
                errors.classify(cause, "write " + uri, ConditionalPut.permission(error) + " on " + uri), cause));
    }

    private static String code(S3Exception error) {
        String code =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    /**
     * A downloaded object held against what the answer announced: merging a part of a day and writing it back would lose the
     * rest.
     *
     * @param etag as the server gave it
     * @param doubtful the digest of what arrived, where nothing in the answer vouches for it
     */
    record CheckedDownload(String etag, Optional<ContentDigest> doubtful) {
        CheckedDownload {
            requireNonNull(etag, "etag is null");
            requireNonNull(doubtful, "doubtful is null");
        }

        /**
         * Compares the length, and the content where the ETag may be its MD5 digest. Objects that were uploaded in parts, or that
         * are encrypted with a key of KMS, have another kind of ETag, and so have all of some servers.
         */
        static CheckedDownload of(String uri, Path file, GetObjectResponse response) {
            EntityTag etag = EntityTag.of(response.eTag())
                    .orElseThrow(() -> broken(
                            Failure.Kind.INVALID, uri, "the answer has no ETag, by which it could be replaced safely"));
            try {
                long size = Files.size(file);
                boolean told = response.contentLength() != null;
                if (told && size != response.contentLength()) {
                    throw broken(uri, size + " of " + response.contentLength() + " bytes arrived");
                }
                if (told && !etag.mayBeDigest()) {
                    return new CheckedDownload(response.eTag(), Optional.empty());
                }
                ContentDigest digest = ContentDigest.of(file);
                return new CheckedDownload(
                        response.eTag(), Optional.of(digest).filter(content -> !etag.isDigest(content.md5())));
            } catch (IOException e) {
                throw new TaskException(
                        new Failure(Failure.Kind.TRANSIENT, e.getClass().getSimpleName(), "read of " + uri + ": " + e),
                        e);
            }
        }

        static TaskException broken(String uri, String why) {
            return broken(Failure.Kind.TRANSIENT, uri, why);
        }

        private static TaskException broken(Failure.Kind kind, String uri, String why) {
            return new TaskException(new Failure(kind, "BrokenDownload", "read of " + uri + " is not usable: " + why));
        }
    }
}
