package dev.muster.audit;

import dev.muster.aws.BoundedMap;
import dev.muster.aws.ErrorClassifier;
import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials and buckets whose requests have been granted, so that an unexpected refusal is not believed at once:
 * among hundreds of good answers some servers wrongly report a bad signature, an unknown key or a missing bucket. A
 * refusal of what was never granted is believed at once, unless the clock is to blame, which is corrected by the server's
 * time. Thread-safe.
 *
 * <p>Patience is counted per task: a policy may forbid the parts of one upload for good while the others are listed.
 *
 * <p>Memory grows with buckets and accounts, and with {@link #MOST_TASKS}. Times are nanoseconds of one monotonic
 * clock.
 */
final class AccessHistory {
    /** A refusal that lasts longer is believed. */
    static final long PATIENCE_NANOS = 20_000_000_000L;

    /** When more tasks than this are refused at a time, the oldest are forgotten and use up their attempts. */
    private static final int MOST_TASKS = 10_000;

    /** Credentials of an account in a region. */
    private record Credentials(String account, String region) {}

    /** Kind of request, as each has a permission of its own. */
    private record Access(String bucket, Class<? extends AuditTask> kind) {}

    private final String home;
    private final Set<Record> granted = ConcurrentHashMap.newKeySet();
    private final Set<String> listed = ConcurrentHashMap.newKeySet();
    private final Map<AuditTask, Long> refusedSince = BoundedMap.ofAtMost(MOST_TASKS);

    /** @param home region of the requests that are not about a bucket */
    AccessHistory(String home) {
        this.home = home;
    }

    /** A request was answered. */
    void granted(AuditTask task) {
        granted.add(credentials(task));
        if (task instanceof AuditTask.InBucket work) {
            granted.add(access(work));
        }
        refusedSince.remove(task);
    }

    /** A list of buckets named one, so that it exists. */
    void listed(String bucket) {
        listed.add(bucket);
    }

    /** Judges a failure: returns one to believe, or one that is worth another try. */
    Failure judged(AuditTask task, Failure failure, boolean ofCredentials, long now) {
        if (!doubtful(task, failure, ofCredentials)) {
            return failure;
        }
        Long before = refusedSince.putIfAbsent(task, now);
        if (before == null || now - before < PATIENCE_NANOS) {
            return new Failure(Kind.TRANSIENT, failure.code(), failure.message());
        }
        refusedSince.remove(task);
        return failure;
    }

    private boolean doubtful(AuditTask task, Failure failure, boolean ofCredentials) {
        if (task instanceof AuditTask.InBucket work && !ofCredentials) {
            return switch (failure.kind()) {
                case DENIED -> granted.contains(access(work));
                case GONE ->
                    ofBucket(work, failure) && listed.contains(work.target().bucket());
                default -> false;
            };
        }
        boolean known = granted.contains(credentials(task));
        return ErrorClassifier.ofClock(failure) || (known && (ofCredentials || failure.kind() == Kind.DENIED));
    }

    /**
     * Tells whether a failure is about the bucket. One without a code may be about a start key that does not exist,
     * which some servers refuse.
     */
    private static boolean ofBucket(AuditTask.InBucket work, Failure failure) {
        return switch (failure.code()) {
            case "NoSuchBucket" -> true;
            case "NoSuchKey", "NoSuchUpload" -> false;
            default -> work.place().isEmpty();
        };
    }

    private Credentials credentials(AuditTask task) {
        String region = task instanceof AuditTask.InBucket work ? work.target().region() : home;
        return new Credentials(task.account(), region);
    }

    private static Access access(AuditTask.InBucket work) {
        return new Access(work.target().bucket(), work.getClass());
    }
}
