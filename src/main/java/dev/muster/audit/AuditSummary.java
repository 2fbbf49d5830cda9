package dev.muster.audit;

import dev.muster.audit.stats.TallySettings;
import dev.muster.engine.Summary;
import java.util.Map;

/** Merges what tasks found. Associative and commutative: totals and lists do not depend on the order of arrival. */
public final class AuditSummary implements Summary<AuditPartial> {
    private final int limit;
    private final BucketFilter buckets;

    /**
     * A summary whose lists have a limit, {@link TallySettings#limit()} of the run.
     *
     * @param buckets filter of the buckets that were asked for
     */
    public AuditSummary(int limit, BucketFilter buckets) {
        this.limit = limit;
        this.buckets = buckets;
    }

    @Override
    public AuditPartial empty() {
        return new AuditPartial();
    }

    @Override
    public AuditPartial merge(AuditPartial left, AuditPartial right) {
        left.merge(right, limit);
        return left;
    }

    @Override
    public boolean complete(AuditPartial partial) {
        return partial.failures().isEmpty()
                && buckets.unmatched(partial).isEmpty()
                && partial.buckets().values().stream()
                        .allMatch(bucket -> bucket.tally().odd().inexact() == 0);
    }

    /** Counts {@code accounts}, {@code buckets} known, {@code buckets_done}, {@code objects}, {@code bytes}, {@code failures}. */
    @Override
    public Map<String, Long> counts(AuditPartial partial) {
        return Map.of(
                "accounts",
                (long) partial.accountsKnown(),
                "buckets",
                (long) partial.buckets().size(),
                "buckets_done",
                partial.bucketsDone(),
                "objects",
                partial.objects(),
                "bytes",
                partial.bytes(),
                "failures",
                partial.failures().stream().mapToLong(AuditFailure::times).sum());
    }
}
