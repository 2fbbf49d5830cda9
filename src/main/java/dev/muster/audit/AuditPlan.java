package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plan from accounts to their buckets; a {@link BucketPlan} decides what follows in a bucket. */
public final class AuditPlan implements Plan<AuditTask, AuditResult, AuditPartial> {
    private final AuditScope scope;
    private final String homeRegion;
    private final long asOfMillis;
    private final BucketPlan inBuckets;
    private final Set<String> knownAccounts = new HashSet<>();

    /** Bucket names are unique across accounts: a name that comes again is the same bucket. */
    private final Set<String> knownBuckets = new HashSet<>();

    /**
     * A plan for one run.
     *
     * @param homeRegion region assumed for a bucket if no answer names one
     * @param asOfMillis instant that ages are relative to, in epoch milliseconds; a resumed run keeps that of its first
     *     start
     * @param learning told about each bucket that was listed from its first key to its last
     */
    public AuditPlan(AuditScope scope, String homeRegion, long asOfMillis, ProfileStore learning) {
        this.scope = requireNonNull(scope, "scope is null");
        this.homeRegion = requireNonNull(homeRegion, "homeRegion is null");
        this.asOfMillis = asOfMillis;
        this.inBuckets = new BucketPlan(scope, requireNonNull(learning, "learning is null"));
    }

    @Override
    public List<AuditTask> seeds() {
        if (scope.buckets().given()) {
            return named(scope.caller(), asOfMillis);
        }
        if (scope.roleName().isEmpty()) {
            return bucketsOf(List.of(scope.caller()), asOfMillis);
        }
        if (scope.accounts().isEmpty()) {
            return List.of(new AuditTask.ListAccounts(Optional.empty(), asOfMillis));
        }
        return bucketsOf(scope.accounts(), asOfMillis);
    }

    @Override
    public void restored(AuditPartial summary) {
        knownAccounts.addAll(summary.accounts());
        summary.buckets().keySet().forEach(bucket -> knownBuckets.add(bucket.bucket()));
        inBuckets.restored(summary);
    }

    @Override
    public void resumed(List<AuditTask> outstanding) {
        for (AuditTask task : outstanding) {
            if (task instanceof AuditTask.InBucket work) {
                inBuckets.resumed(work);
            }
        }
    }

    @Override
    public Step<AuditTask, AuditPartial> completed(AuditTask task, AuditResult finding, Demand demand) {
        if (task instanceof AuditTask.ListAccounts list && finding instanceof AuditResult.Accounts found) {
            return accounts(list, found);
        } else if (task instanceof AuditTask.InAccount list && finding instanceof AuditResult.Buckets found) {
            return buckets(list, found, demand);
        } else if (task instanceof AuditTask.InBucket work) {
            return inBuckets.completed(work, finding, demand);
        }
        throw new IllegalArgumentException("nothing follows from " + finding.getClass() + " for " + task.getClass());
    }

    @Override
    public Step<AuditTask, AuditPartial> abandoned(AuditTask task, Failure failure) {
        if (task instanceof AuditTask.InBucket work) {
            return inBuckets.abandoned(work, failure);
        }
        if (task instanceof AuditTask.ListBuckets list && byName(failure)) {
            return namedInstead(list, failure);
        }
        String account = task.account().isEmpty() ? scope.caller() : task.account();
        return Step.of(new AuditPartial().failure(AuditFailure.of(account, task, failure)));
    }

    /** Tells whether buckets whose names are known can still be audited; their account must be known, too. */
    private boolean byName(Failure failure) {
        return scope.roleName().isEmpty()
                && !failure.kind().retriable()
                && !scope.buckets().names().isEmpty();
    }

    private Step<AuditTask, AuditPartial> namedInstead(AuditTask.ListBuckets list, Failure failure) {
        AuditPartial partial = new AuditPartial().account(list.account());
        if (!scope.buckets().namesAll()) {
            partial.failure(AuditFailure.of(list.account(), list, failure));
        }
        partial.matched(scope.buckets().names()).matched(scope.buckets().exclude()); // it is unknown what else there is
        return Step.of(partial, named(list.account(), list.asOfMillis()));
    }

    /** First tasks for buckets that no list of buckets has named. */
    private List<AuditTask> named(String account, long asOf) {
        return scope.buckets().names().stream()
                .filter(knownBuckets::add)
                .map(name -> new BucketLocation(account, name, homeRegion, false, asOf))
                .<AuditTask>map(AuditTask.FindRegion::new)
                .peek(work -> inBuckets.open((AuditTask.InBucket) work))
                .toList();
    }

    @Override
    public boolean keptForResumption(AuditTask task) {
        return task.gap().isPresent() && !(task instanceof AuditTask.InBucket work && inBuckets.superseded(work));
    }

    @Override
    public List<AuditTask> tasksOfMemory() {
        return inBuckets.checksOfOpenCuts();
    }

    @Override
    public List<Outlook> outlook() {
        return inBuckets.outlook();
    }

    @Override
    public TaskPolicy terms(AuditTask task) {
        int pages = task instanceof AuditTask.ListRange list ? list.pages() : 1;
        return new TaskPolicy(
                task.resource(),
                pages == 1 ? scope.timeout() : scope.timeout().plus(PageSequence.LONGEST),
                true,
                !(task instanceof AuditTask.InBucket),
                pages);
    }

    @Override
    public int steps(AuditTask task, AuditResult finding) {
        return finding instanceof AuditResult.Objects found ? found.page().requests() : 1;
    }

    private Step<AuditTask, AuditPartial> accounts(AuditTask.ListAccounts task, AuditResult.Accounts found) {
        AuditPartial partial = new AuditPartial();
        if (found.ids().contains("")) {
            Failure nameless = new Failure(
                    Failure.Kind.INVALID,
                    "NoAccountId",
                    task.description() + ": an account has no id in the list and cannot be audited; the others are");
            partial.failure(AuditFailure.of(scope.caller(), task, nameless));
        }
        List<String> fresh = found.ids().stream()
                .filter(id -> !id.isEmpty() && knownAccounts.add(id))
                .toList();
        fresh.forEach(partial::account);
        List<AuditTask> next = new ArrayList<>(bucketsOf(fresh, task.asOfMillis()));
        found.next().ifPresent(token -> token.following(task.token(), !fresh.isEmpty())
                .ifPresentOrElse(
                        onward -> next.add(new AuditTask.ListAccounts(Optional.of(onward), task.asOfMillis())),
                        () -> partial.failure(
                                AuditFailure.of(scope.caller(), task, EndlessListing.failure("accounts")))));
        return Step.of(partial, next);
    }

    private List<AuditTask> bucketsOf(List<String> accounts, long asOfMillis) {
        List<AuditTask> tasks = new ArrayList<>();
        for (String account : accounts) {
            tasks.add(new AuditTask.ListBuckets(account, Optional.empty(), asOfMillis));
            if (scope.directoryBuckets()) {
                tasks.add(new AuditTask.ListDirectoryBuckets(account, Optional.empty(), asOfMillis));
            }
        }
        return tasks;
    }

    private Step<AuditTask, AuditPartial> buckets(AuditTask.InAccount list, AuditResult.Buckets found, Demand demand) {
        String account = list.account();
        AuditPartial partial = new AuditPartial().account(account);
        List<AuditTask> next = new ArrayList<>();
        long nameless = found.buckets().stream()
                .filter(bucket -> bucket.name().isEmpty())
                .count();
        if (nameless > 0) {
            partial.failure(AuditFailure.of(account, list, withoutName(list, nameless)));
        }
        List<AuditResult.NamedBucket> fresh = found.buckets().stream()
                .filter(bucket -> !bucket.name().isEmpty())
                .filter(bucket -> knownBuckets.add(bucket.name()))
                .toList();
        double pages = fresh.stream().mapToLong(AuditPlan::pages).sum();
        for (AuditResult.NamedBucket bucket : fresh) {
            partial.matched(scope.buckets().matching(bucket.name()));
            if (scope.buckets().accepts(bucket.name())) {
                partial.bucket(
                        new BucketId(account, bucket.name()),
                        new BucketFacts(
                                bucket.region().orElse(null),
                                bucket.creationMillis().orElse(null)));
                if (!bucket.problem().isEmpty()) {
                    partial.tally(new BucketId(account, bucket.name()), ObjectTally.ofOddBucket(bucket.problem()));
                }
                String region = bucket.region().orElse(homeRegion);
                BucketLocation target = new BucketLocation(account, bucket.name(), region, false, list.asOfMillis());
                next.addAll(begin(target, bucket, (int) Math.round(demand.spare() * pages(bucket) / pages)));
            }
        }
        next.forEach(work -> inBuckets.open((AuditTask.InBucket) work));
        found.next().ifPresent(token -> token.following(list.token(), !fresh.isEmpty())
                .ifPresentOrElse(
                        onward -> next.add(list.next(onward)),
                        () -> partial.failure(AuditFailure.of(account, list, EndlessListing.failure("buckets")))));
        return Step.of(partial, next);
    }

    private static Failure withoutName(AuditTask.InAccount list, long nameless) {
        String buckets = nameless == 1 ? "1 bucket has no name" : nameless + " buckets have no name";
        return new Failure(
                Failure.Kind.INVALID,
                "NoBucketName",
                list.description() + ": " + buckets + " in the server's list and cannot be counted; the others are");
    }

    /**
     * Number of pages that an earlier run has counted. A bucket gets the same share of the listers as it has of the
     * pages.
     */
    private static long pages(AuditResult.NamedBucket bucket) {
        return bucket.earlier().map(known -> Math.max(1, known.pages())).orElse(1L);
    }

    private List<AuditTask> begin(BucketLocation target, AuditResult.NamedBucket bucket, int listers) {
        return bucket.region().isPresent()
                ? inBuckets.begin(target, bucket.earlier(), listers)
                : List.of(new AuditTask.FindRegion(target));
    }
}
