package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.learn.Learning;
import dev.muster.engine.Demand;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan;
import dev.muster.engine.Step;
import dev.muster.engine.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From accounts to buckets; what follows in a bucket is decided by a {@link BucketPlan}. */
public final class AuditPlan implements Plan<AuditTask, AuditFinding, AuditPartial> {
    private final AuditScope scope;
    private final String homeRegion;
    private final long asOfMillis;
    private final BucketPlan inBuckets;

    /**
     * A plan for one run.
     *
     * @param homeRegion where a bucket is taken to be if nobody tells
     * @param asOfMillis the instant that ages are relative to, epoch milliseconds; a resumed run keeps its first one
     * @param learning told of each bucket that was listed from its first key to its last
     */
    public AuditPlan(AuditScope scope, String homeRegion, long asOfMillis, Learning learning) {
        this.scope = requireNonNull(scope, "scope is null");
        this.homeRegion = requireNonNull(homeRegion, "homeRegion is null");
        this.asOfMillis = asOfMillis;
        this.inBuckets = new BucketPlan(scope, requireNonNull(learning, "learning is null"));
    }

    @Override
    public List<AuditTask> seeds() {
        if (scope.roleName().isEmpty()) {
            return List.of(new AuditTask.ListBuckets(scope.caller(), Optional.empty(), asOfMillis));
        }
        if (scope.accounts().isEmpty()) {
            return List.of(new AuditTask.ListAccounts(Optional.empty(), asOfMillis));
        }
        return bucketsOf(scope.accounts(), asOfMillis);
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
    public Step<AuditTask, AuditPartial> completed(AuditTask task, AuditFinding finding, Demand demand) {
        if (task instanceof AuditTask.ListAccounts list) {
            return accounts(list, (AuditFinding.Accounts) finding);
        } else if (task instanceof AuditTask.ListBuckets list) {
            return buckets(list, (AuditFinding.Buckets) finding, demand);
        }
        return inBuckets.completed((AuditTask.InBucket) task, finding, demand);
    }

    @Override
    public Step<AuditTask, AuditPartial> abandoned(AuditTask task, Failure failure) {
        if (task instanceof AuditTask.InBucket work) {
            return inBuckets.abandoned(work, failure);
        }
        String account = task instanceof AuditTask.ListBuckets list ? list.account() : scope.caller();
        return Step.of(new AuditPartial().failure(AuditFailure.of(account, task, failure)));
    }

    @Override
    public Terms terms(AuditTask task) {
        String resource = "organizations";
        if (task instanceof AuditTask.InBucket work) {
            resource = "bucket " + work.target().bucket();
        } else if (task instanceof AuditTask.ListBuckets list) {
            resource = "account " + list.account();
        }
        return new Terms(resource, scope.timeout(), true);
    }

    private Step<AuditTask, AuditPartial> accounts(AuditTask.ListAccounts task, AuditFinding.Accounts found) {
        AuditPartial partial = new AuditPartial();
        found.ids().forEach(partial::account);
        List<AuditTask> next = new ArrayList<>(bucketsOf(found.ids(), task.asOfMillis()));
        found.next().ifPresent(token -> next.add(new AuditTask.ListAccounts(Optional.of(token), task.asOfMillis())));
        return Step.of(partial, next);
    }

    private static List<AuditTask> bucketsOf(List<String> accounts, long asOfMillis) {
        return accounts.stream()
                .<AuditTask>map(account -> new AuditTask.ListBuckets(account, Optional.empty(), asOfMillis))
                .toList();
    }

    private Step<AuditTask, AuditPartial> buckets(
            AuditTask.ListBuckets task, AuditFinding.Buckets found, Demand demand) {
        AuditPartial partial = new AuditPartial().account(task.account());
        List<AuditTask> next = new ArrayList<>();
        double pages = found.buckets().stream().mapToLong(AuditPlan::pages).sum();
        for (AuditFinding.NamedBucket bucket : found.buckets()) {
            partial.matched(scope.buckets().matching(bucket.name()));
            if (scope.buckets().accepts(bucket.name())) {
                partial.bucket(
                        new BucketId(task.account(), bucket.name()),
                        new BucketFacts(
                                bucket.region().orElse(null),
                                bucket.creationMillis().orElse(null)));
                next.addAll(begin(task, bucket, (int) Math.round(demand.spare() * pages(bucket) / pages)));
            }
        }
        next.forEach(work -> inBuckets.open((AuditTask.InBucket) work));
        found.next()
                .ifPresent(token ->
                        next.add(new AuditTask.ListBuckets(task.account(), Optional.of(token), task.asOfMillis())));
        return Step.of(partial, next);
    }

    /** How many pages an earlier run has counted. A bucket's share of them is its share of the listers. */
    private static long pages(AuditFinding.NamedBucket bucket) {
        return bucket.earlier().map(known -> Math.max(1, known.pages())).orElse(1L);
    }

    private List<AuditTask> begin(AuditTask.ListBuckets task, AuditFinding.NamedBucket bucket, int listers) {
        String region = bucket.region().orElse(homeRegion);
        Target target = new Target(task.account(), bucket.name(), region, false, task.asOfMillis());
        return bucket.region().isPresent()
                ? inBuckets.begin(target, bucket.earlier(), listers)
                : List.of(new AuditTask.FindRegion(target));
    }
}
