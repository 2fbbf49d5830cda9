package dev.muster.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.muster.audit.AuditFailure;
import dev.muster.audit.AuditPartial;
import dev.muster.audit.AuditTask;
import dev.muster.audit.BucketFacts;
import dev.muster.audit.BucketFilter;
import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.report.cost.BilledBucket;
import dev.muster.report.cost.EstateCost;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedReportReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Findings of an audit, ready to be written in a format: rows in order of account and bucket, each with its status.
 *
 * @param complete whether every number is exact
 * @param accounts in order of their ids
 * @param buckets in order of account and name
 * @param cost if it was asked for
 */
public record AuditReport(
        RunFacts run,
        ReportOptions options,
        boolean complete,
        GroupRow total,
        List<GroupRow> accounts,
        List<BucketRow> buckets,
        List<AuditFailure> failures,
        Optional<EstateCost> cost) {

    /**
     * The report of a run.
     *
     * @param unmatched patterns of bucket names that matched no bucket; with any, the report is incomplete
     */
    public static AuditReport of(AuditPartial found, RunFacts run, ReportOptions options, List<String> unmatched) {
        List<BucketRow> buckets = buckets(found, run);
        List<GroupRow> accounts = accounts(found, run, options, buckets);
        boolean complete = run.complete()
                && !run.interrupted()
                && unmatched.isEmpty()
                && accounts.stream().allMatch(account -> account.standing().complete());
        RowStatus standing = complete ? RowStatus.OK : RowStatus.incomplete(buckets, gap(run, buckets, unmatched));
        GroupRow total = GroupRow.of(null, standing, buckets, options);
        List<AuditFailure> failures = Stream.concat(
                        found.failures().stream(), unmatched.stream().map(AuditFailure::unmatched))
                .toList();
        Optional<EstateCost> cost = options.cost()
                .map(terms -> new EstateCost(
                        terms, buckets.stream().map(BucketRow::billed).toList(), run.requests()));
        return new AuditReport(run, options, complete, total, accounts, buckets, failures, cost);
    }

    /** The report as if written as JSON and read back. */
    public SavedReport saved() {
        StringBuilder json = new StringBuilder();
        try {
            new JsonReport(this).write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SavedReportReader.parse(json.toString());
    }

    /** Tells whether no account and no bucket could be read at all. */
    public boolean nothingRead() {
        return !failures.isEmpty()
                && !total.standing().counted()
                && accounts.stream().noneMatch(account -> account.standing().complete());
    }

    private static List<BucketRow> buckets(AuditPartial found, RunFacts run) {
        Map<BucketId, List<AuditFailure>> failures = found.failures().stream()
                .filter(failure -> failure.bucket() != null)
                .collect(groupingBy(failure -> new BucketId(failure.account(), failure.bucket())));
        List<BucketRow> rows = new ArrayList<>();
        found.buckets().forEach((id, stats) -> {
            List<AuditFailure> own = failures.getOrDefault(id, List.of());
            boolean unfinished = run.unfinishedBuckets().contains(id);
            RowStatus standing = RowStatus.ofBucket(stats.tally(), own, unfinished);
            rows.add(new BucketRow(id, stats.facts(), standing, stats.tally()));
        });
        return List.copyOf(rows);
    }

    private static List<GroupRow> accounts(
            AuditPartial found, RunFacts run, ReportOptions options, List<BucketRow> buckets) {
        Map<String, List<AuditFailure>> failures = found.failures().stream()
                .filter(failure -> failure.bucket() == null)
                .collect(groupingBy(AuditFailure::account));
        Map<String, List<BucketRow>> byAccount =
                buckets.stream().collect(groupingBy(row -> row.id().account()));
        Set<String> known = new TreeSet<>(found.accounts());
        known.addAll(run.unfinishedAccounts());
        return known.stream()
                .map(account -> {
                    List<BucketRow> rows = byAccount.getOrDefault(account, List.of());
                    List<AuditFailure> own = failures.getOrDefault(account, List.of());
                    boolean unfinished = run.unfinishedAccounts().contains(account);
                    return GroupRow.of(account, RowStatus.ofAccount(rows, own, unfinished), rows, options);
                })
                .toList();
    }

    private static String gap(RunFacts run, List<BucketRow> buckets, List<String> unmatched) {
        if (run.interrupted()) {
            return "the run was interrupted";
        }
        if (RowStatus.allComplete(buckets) && !unmatched.isEmpty()) {
            return unmatched.stream().map(BucketFilter::unmatched).collect(joining(", "));
        }
        return RowStatus.allComplete(buckets) ? "not every account was audited in full" : RowStatus.gap(buckets);
    }

    /** A bucket in a report. */
    public record BucketRow(BucketId id, BucketFacts facts, RowStatus standing, ObjectTally tally) {
        private BilledBucket billed() {
            return new BilledBucket(id, facts.region(), tally, standing.counted(), standing.complete());
        }
    }

    /**
     * Facts about a run for its report. {@link AuditPartial} cannot tell which of its numbers are final; the tasks that
     * were outstanding when the run ended name the accounts and buckets whose numbers are not.
     *
     * @param complete whether every task ended; failures still make the report incomplete
     * @param interrupted whether someone stopped the run
     * @param startedAt first start of the run
     * @param requests number of requests sent, including failed ones
     * @param unfinishedAccounts accounts whose buckets were not all listed yet
     * @param unfinishedBuckets buckets with outstanding tasks that count objects
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

        /**
         * Facts of a run, with what its outstanding tasks leave open. Probes count nothing: a bucket with only probes left
         * is counted completely.
         */
        public static RunFacts of(
                boolean complete,
                boolean interrupted,
                Instant startedAt,
                Duration elapsed,
                long requests,
                List<AuditTask> outstanding) {
            Set<String> accounts = outstanding.stream()
                    .filter(AuditTask.InAccount.class::isInstance)
                    .map(AuditTask::account)
                    .collect(toSet());
            Set<BucketId> buckets = outstanding.stream()
                    .filter(task -> task.gap().isPresent())
                    .filter(AuditTask.InBucket.class::isInstance)
                    .map(task -> ((AuditTask.InBucket) task).target().id())
                    .collect(toSet());
            return new RunFacts(complete, interrupted, startedAt, elapsed, requests, accounts, buckets);
        }
    }
}
