package dev.muster.audit;

import dev.muster.engine.Summary;

/** Merges what tasks found. Associative and commutative: totals and lists do not depend on the order of arrival. */
public final class AuditSummary implements Summary<AuditPartial> {
    private final int limit;

    /**
     * A summary that keeps lists of a limit, {@link TallyTerms#limit()} of the run.
     */
    public AuditSummary(int limit) {
        this.limit = limit;
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
}
