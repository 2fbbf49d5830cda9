package dev.muster.audit;

import dev.muster.engine.Failure;
import dev.muster.engine.Failure.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials and buckets that requests were let in with, so that a refusal out of the blue is not believed at once:
 * among hundreds of good answers some servers send a wrong signature, an unknown key, or a missing bucket, and mean
 * nothing by it. What was never let in is believed at once. Thread-safe.
 *
 * <p>Memory grows with buckets and accounts. Times are nanoseconds of one monotonic clock.
 */
final class AccessHistory {
    /** A refusal that lasts longer is believed. */
    static final long PATIENCE_NANOS = 20_000_000_000L;

    /** Place of a request: an account's credentials in a region. */
    private record Credentials(String account, String region) {}

    /** Kind of request, as each has a permission of its own. */
    private record Access(String bucket, Class<? extends AuditTask> kind) {}

    private static final class Entry {
        private volatile boolean refused;
        private volatile long refusedSince;
    }

    private final String home;
    private final Map<Record, Entry> granted = new ConcurrentHashMap<>();
    private final Map<String, Entry> listed = new ConcurrentHashMap<>();

    /** @param home the region where whatever is not in a bucket is asked for */
    AccessHistory(String home) {
        this.home = home;
    }

    /** A request was answered. */
    void granted(AuditTask task) {
        grant(credentials(task));
        if (task instanceof AuditTask.InBucket work) {
            grant(access(work));
            Entry bucket = listed.get(work.target().bucket());
            if (bucket != null && bucket.refused) {
                bucket.refused = false;
            }
        }
    }

    /** A list of buckets named one, so that it exists. */
    void listed(String bucket) {
        listed.putIfAbsent(bucket, new Entry());
    }

    /** The failure as it is to be taken: one that is to be believed, or one that is worth another try. */
    Failure judged(AuditTask task, Failure failure, boolean ofCredentials, long now) {
        Entry entry = entry(task, failure, ofCredentials);
        if (entry == null) {
            return failure;
        }
        if (!entry.refused) {
            entry.refusedSince = now;
            entry.refused = true;
        }
        return now - entry.refusedSince < PATIENCE_NANOS
                ? new Failure(Kind.TRANSIENT, failure.code(), failure.message())
                : failure;
    }

    private Entry entry(AuditTask task, Failure failure, boolean ofCredentials) {
        if (task instanceof AuditTask.InBucket work && !ofCredentials) {
            return switch (failure.kind()) {
                case DENIED -> granted.get(access(work));
                case GONE ->
                    failure.code().equals("NoSuchKey")
                            ? null
                            : listed.get(work.target().bucket());
                default -> null;
            };
        }
        return ofCredentials || failure.kind() == Kind.DENIED ? granted.get(credentials(task)) : null;
    }

    private void grant(Record scope) {
        Entry entry = granted.get(scope);
        if (entry == null) {
            granted.putIfAbsent(scope, new Entry());
        } else if (entry.refused) {
            entry.refused = false;
        }
    }

    private Credentials credentials(AuditTask task) {
        String region = task instanceof AuditTask.InBucket work ? work.target().region() : home;
        return new Credentials(task.account(), region);
    }

    private static Access access(AuditTask.InBucket work) {
        return new Access(work.target().bucket(), work.getClass());
    }
}
