package dev.muster.report;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.AuditPartial;
import dev.muster.audit.BucketId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Facts of a run that its report tells. {@link AuditPartial} cannot tell which of its numbers are final; the tasks that
 * were outstanding when the run ended name the accounts and buckets whose numbers are not.
 *
 * @param complete whether every task ended; failures make the report incomplete all the same
 * @param interrupted whether someone stopped the run
 * @param startedAt when the run began, the first time where it was resumed
 * @param requests requests sent, failed ones included
 * @param unfinishedAccounts accounts whose buckets were not all named yet
 * @param unfinishedBuckets buckets with outstanding tasks that count something
 */
public record RunFacts(
        boolean complete,
        boolean interrupted,
        Instant startedAt,
        Duration elapsed,
        long requests,
        Set<String> unfinishedAccounts,
        Set<BucketId> unfinishedBuckets) {
    public RunFacts {
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(elapsed, "elapsed is null");
        unfinishedAccounts = Set.copyOf(unfinishedAccounts);
        unfinishedBuckets = Set.copyOf(unfinishedBuckets);
    }
}
