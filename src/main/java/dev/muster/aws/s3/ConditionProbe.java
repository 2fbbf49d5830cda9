package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ConditionalPut.Condition;
import dev.muster.aws.s3.ConditionalPut.ConditionHeaders;
import dev.muster.aws.s3.ConditionalPut.ProbeKey;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Tests with an object of its own whether a server honours the conditions of writes, and stores what it is sent: a
 * second {@code If-None-Match: *} must fail; {@code If-Match} with the object's tag must succeed, and with another one
 * must fail; and the object must then be what was sent.
 *
 * <p>The object has the same key each time, so that only one stays if it may not be removed. Several processes may test
 * at the same time with the same key and disturb each other; a bad result is believed only after a second test with a
 * key of its own.
 */
final class ConditionProbe {
    private static final UploadContent CONTENT =
            UploadContent.of(("Written by muster to find out whether this server keeps the conditions of writes.\n"
                            + "It is removed at once; where that is not permitted it may be removed at any time.\n")
                    .getBytes(UTF_8));
    private static final EntityTag WRONG = new EntityTag("0123456789abcdef0123456789abcdef");

    private final ConditionalPut put;
    private final BucketClient bucket;

    /** Result of one test. */
    private enum Result {
        KEPT(""),
        NO_IF_NONE_MATCH("writes an object although it is there already (If-None-Match: * is ignored)"),
        NO_IF_MATCH("replaces an object although it has another ETag (If-Match is ignored)"),
        REFUSES_IF_MATCH("refuses to replace an object that has the ETag asked for (If-Match)"),
        UNSUPPORTED("does not know conditional writes (If-None-Match and If-Match)"),
        OTHER_BYTES("stores other bytes than it is sent, so that nothing there is safe");

        private final String what;

        Result(String what) {
            this.what = what;
        }
    }

    ConditionProbe(ConditionalPut put, BucketClient bucket) {
        this.put = put;
        this.bucket = bucket;
    }

    CompletableFuture<Void> run(ProbeKey key) {
        return look(key.shared())
                .thenCompose(first -> first == Result.KEPT ? CompletableFuture.completedFuture(first) : look(key.own()))
                .thenAccept(result -> {
                    if (result != Result.KEPT) {
                        throw refusal(key, result);
                    }
                });
    }

    private TaskException refusal(ProbeKey key, Result result) {
        return new TaskException(new Failure(
                Failure.Kind.INVALID,
                "ConditionsIgnored",
                "the server of " + bucket.uri(key.folder()) + " " + result.what
                        + (result == Result.OTHER_BYTES ? "" : ", so that writers would lose each other's data")
                        + "; update the server, or use one that keeps conditional writes, as Amazon S3 does"));
    }

    private CompletableFuture<Result> look(String key) {
        return steps(key)
                .exceptionallyCompose(error -> LostRace.unsupported(error)
                        ? CompletableFuture.completedFuture(Result.UNSUPPORTED)
                        : CompletableFuture.failedFuture(error))
                .thenCompose(result -> put.removed(key).thenApply(done -> result));
    }

    private CompletableFuture<Result> steps(String key) {
        return sent(key, new Condition.Absent(), true)
                .thenCompose(first -> sent(key, new Condition.Absent(), true))
                .thenCompose(second -> second
                        ? CompletableFuture.completedFuture(Result.NO_IF_NONE_MATCH)
                        : put.look(key).thenCompose(now -> replaced(key, now.etag())))
                .thenCompose(
                        result -> result == Result.KEPT ? wrongTag(key) : CompletableFuture.completedFuture(result));
    }

    /**
     * Tries a conditional replacement; without permission to read, the tag is unknown, and only a wrong one is tried.
     */
    private CompletableFuture<Result> replaced(String key, Optional<EntityTag> etag) {
        if (etag.isEmpty()) {
            return CompletableFuture.completedFuture(Result.KEPT);
        }
        Condition right = new Condition.Unchanged(etag.get());
        return sent(key, right, true)
                .thenCompose(quoted -> quoted ? CompletableFuture.completedFuture(Optional.of(true)) : bare(key, right))
                .thenCompose(spelling -> {
                    spelling.ifPresent(put::spell);
                    return spelling.isEmpty()
                            ? CompletableFuture.completedFuture(Result.REFUSES_IF_MATCH)
                            : put.check()
                                    .readBack(key, CONTENT.digest(), Optional.empty())
                                    .thenApply(found -> found instanceof StoredCheck.Finding.Same
                                            ? Result.KEPT
                                            : Result.OTHER_BYTES);
                });
    }

    private CompletableFuture<Optional<Boolean>> bare(String key, Condition right) {
        return sent(key, right, false).thenApply(taken -> taken ? Optional.of(false) : Optional.empty());
    }

    private CompletableFuture<Result> wrongTag(String key) {
        return sent(key, new Condition.Unchanged(WRONG), put.quoted())
                .thenApply(taken -> taken ? Result.NO_IF_MATCH : Result.KEPT);
    }

    /** Tells whether the write was carried out, rather than refused because of its condition. */
    private CompletableFuture<Boolean> sent(String key, Condition condition, boolean quoted) {
        return put.send(key, CONTENT, ConditionHeaders.of(condition, quoted))
                .thenApply(receipt -> true)
                .exceptionallyCompose(error -> LostRace.of(error).isPresent()
                        ? CompletableFuture.completedFuture(false)
                        : CompletableFuture.failedFuture(error));
    }
}
