package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.stats.Sums;
import dev.muster.engine.Failure;
import java.util.Comparator;

/**
 * A task that was given up, and so a gap in the report. Tasks with the same wording, such as those about a bucket's
 * incomplete uploads, make one failure: there may be millions of them.
 *
 * @param gap what is missing
 * @param account the account's id; empty if unknown
 * @param bucket null if the failure concerns the account as a whole
 * @param task what was attempted, in words: {@code list keys after "a" up to "b"}
 * @param code the service's error code, such as {@code AccessDenied}
 * @param message one line for people; of several, one
 * @param times how many such tasks were given up; positive
 * @param mode the way in which the bucket was listed; the failure does not count if the bucket was listed again in a
 *     later mode
 */
public record AuditFailure(
        Gap gap, String account, String bucket, String task, String code, String message, long times, ListingMode mode)
        implements Comparable<AuditFailure> {
    /** Gap in a report when a task is given up. */
    public enum Gap {
        /** The account could not be entered, or its buckets could not be listed. */
        ACCOUNT,
        /** Objects, or versions, of the bucket. */
        OBJECTS,
        /** Noncurrent versions and delete markers of the bucket; its current objects are counted all the same. */
        VERSIONS,
        /** Incomplete multipart uploads of the bucket; its objects are counted all the same. */
        UPLOADS
    }

    private static final String FAILED = " failed: ";

    /** Order of failures, in which those that are merged into one are equal. */
    static final Comparator<AuditFailure> ALIKE = Comparator.comparing(AuditFailure::account)
            .thenComparing(AuditFailure::bucket, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(AuditFailure::gap)
            .thenComparing(AuditFailure::code)
            .thenComparing(AuditFailure::task);

    private static final Comparator<AuditFailure> ORDER = ALIKE.thenComparing(AuditFailure::message)
            .thenComparing(AuditFailure::times)
            .thenComparing(AuditFailure::mode);

    public AuditFailure {
        requireNonNull(gap, "gap is null");
        requireNonNull(account, "account is null");
        requireNonNull(task, "task is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
        requireNonNull(mode, "mode is null");
        if ((bucket == null) != (gap == Gap.ACCOUNT)) {
            throw new IllegalArgumentException("a bucket is named if and only if the gap is within one");
        } else if (times < 1) {
            throw new IllegalArgumentException("times is not positive: " + times);
        }
    }

    /** A failure of a listing in parts, or of a task that lists no bucket. */
    public AuditFailure(Gap gap, String account, String bucket, String task, String code, String message, long times) {
        this(gap, account, bucket, task, code, message, times, ListingMode.IN_PARTS);
    }

    /** Failure of work in a bucket. */
    static AuditFailure of(Gap gap, AuditTask.InBucket work, Failure failure) {
        BucketLocation target = work.target();
        return new AuditFailure(
                gap,
                target.account(),
                target.bucket(),
                work.description(),
                failure.code(),
                failure.message(),
                1,
                target.mode());
    }

    /** Failure of work that concerns an account as a whole. */
    static AuditFailure of(String account, AuditTask task, Failure failure) {
        return new AuditFailure(Gap.ACCOUNT, account, null, task.description(), failure.code(), failure.message(), 1);
    }

    /** Failure of a {@link BucketFilter} pattern that matched no bucket. */
    public static AuditFailure unmatched(String pattern) {
        return new AuditFailure(
                Gap.ACCOUNT, "", null, "find bucket " + pattern, "NoSuchBucket", BucketFilter.unmatched(pattern), 1);
    }

    /** Sentence on one line: the attempt, and why it failed. */
    public String sentence() {
        String once = message.startsWith(task) ? message : task + FAILED + message;
        return times == 1 ? once : once + " (" + times + " times)";
    }

    /** Cause without the attempt: failures with the same cause share it. */
    public String cause() {
        int reason = message.indexOf(FAILED);
        return code + ' ' + (reason < 0 ? message : message.substring(reason + FAILED.length()));
    }

    /** Merges this failure with one like it; of two modes the later one counts, as in {@link BucketStats#plus}. */
    AuditFailure plus(AuditFailure like) {
        int order = mode.compareTo(like.mode);
        if (order != 0) {
            return order > 0 ? this : like;
        }
        String either = message.compareTo(like.message) <= 0 ? message : like.message;
        return new AuditFailure(gap, account, bucket, task, code, either, Sums.add(times, like.times), mode);
    }

    @Override
    public int compareTo(AuditFailure other) {
        return ORDER.compare(this, other);
    }
}
