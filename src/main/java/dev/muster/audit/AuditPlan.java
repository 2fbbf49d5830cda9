package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.AuditFailure.Gap;
import dev.muster.audit.range.BucketKnowledge;
import dev.muster.audit.range.Cuts;
import dev.muster.audit.range.Page;
import dev.muster.audit.range.Range;
import dev.muster.audit.range.RangePolicy;
import dev.muster.engine.Demand;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan;
import dev.muster.engine.Step;
import dev.muster.engine.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * From accounts to buckets, from buckets to pages of keys. Where workers stand idle, what is left of a range is cut into
 * several; any cut is right, so that a bad one costs a request and never a key.
 */
public final class AuditPlan implements Plan<AuditTask, AuditFinding, AuditPartial> {
    private final AuditScope scope;
    private final String homeRegion;
    private final long asOfMillis;
    private final RangePolicy policy = new RangePolicy();
    private final BucketBook book = new BucketBook();

    /**
     * A plan for one run.
     *
     * @param homeRegion where a bucket is taken to be if nobody tells
     * @param asOfMillis the instant that ages are relative to, epoch milliseconds; a resumed run keeps its first one
     */
    public AuditPlan(AuditScope scope, String homeRegion, long asOfMillis) {
        this.scope = requireNonNull(scope, "scope is null");
        this.homeRegion = requireNonNull(homeRegion, "homeRegion is null");
        this.asOfMillis = asOfMillis;
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
        outstanding.forEach(this::open);
    }

    @Override
    public Step<AuditTask, AuditPartial> completed(AuditTask task, AuditFinding finding, Demand demand) {
        if (task instanceof AuditTask.ListAccounts list) {
            return accounts(list, (AuditFinding.Accounts) finding);
        } else if (task instanceof AuditTask.ListBuckets list) {
            return buckets(list, (AuditFinding.Buckets) finding);
        }
        AuditTask.InBucket work = (AuditTask.InBucket) task;
        AuditPartial partial = new AuditPartial();
        List<AuditTask> next = inBucket(work, finding, demand, partial);
        return step(work, partial, next);
    }

    @Override
    public Step<AuditTask, AuditPartial> abandoned(AuditTask task, Failure failure) {
        AuditPartial partial = new AuditPartial();
        if (task instanceof AuditTask.InBucket work) {
            if (!(work instanceof AuditTask.ProbePrefix)) {
                partial.failure(failure(
                        gap(work), work.target().account(), work.target().bucket(), task, failure));
            }
            return step(work, partial, List.of());
        }
        String account = task instanceof AuditTask.ListBuckets list ? list.account() : scope.caller();
        return Step.of(partial.failure(failure(Gap.ACCOUNT, account, null, task, failure)));
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

    private Step<AuditTask, AuditPartial> buckets(AuditTask.ListBuckets task, AuditFinding.Buckets found) {
        AuditPartial partial = new AuditPartial().account(task.account());
        List<AuditTask> next = new ArrayList<>();
        for (AuditFinding.NamedBucket bucket : found.buckets()) {
            partial.matched(scope.buckets().matching(bucket.name()));
            if (scope.buckets().accepts(bucket.name())) {
                BucketId id = new BucketId(task.account(), bucket.name());
                partial.bucket(
                        id,
                        new BucketFacts(
                                bucket.region().orElse(null),
                                bucket.creationMillis().orElse(null)));
                String region = bucket.region().orElse(homeRegion);
                Target target = new Target(task.account(), bucket.name(), region, false, task.asOfMillis());
                next.addAll(bucket.region().isPresent() ? begin(target) : List.of(new AuditTask.FindRegion(target)));
            }
        }
        found.next()
                .ifPresent(token ->
                        next.add(new AuditTask.ListBuckets(task.account(), Optional.of(token), task.asOfMillis())));
        next.forEach(this::open);
        return Step.of(partial, next);
    }

    private List<AuditTask> begin(Target target) {
        Range all = Range.ofPrefix(scope.prefix());
        List<AuditTask> first = new ArrayList<>();
        first.add(
                scope.versions()
                        ? new AuditTask.ListVersions(target, all, Optional.empty())
                        : new AuditTask.ListRange(target, all));
        if (scope.uploads()) {
            first.add(new AuditTask.ListUploads(target, Optional.empty(), Optional.empty()));
        }
        return first;
    }

    private List<AuditTask> inBucket(
            AuditTask.InBucket work, AuditFinding finding, Demand demand, AuditPartial partial) {
        Target target = work.target();
        if (finding instanceof AuditFinding.Elsewhere elsewhere) {
            partial.bucket(target.id(), new BucketFacts(elsewhere.region(), null));
            return List.of(work.in(elsewhere.region()));
        } else if (finding instanceof AuditFinding.Region found) {
            partial.bucket(target.id(), new BucketFacts(found.region(), null));
            return begin(new Target(target.account(), target.bucket(), found.region(), false, target.asOfMillis()));
        } else if (finding instanceof AuditFinding.Objects objects) {
            partial.tally(target.id(), objects.tally());
            Range range = ((AuditTask.ListRange) work).range();
            return cut(target, range, objects.page(), demand, rest -> new AuditTask.ListRange(target, rest));
        } else if (finding instanceof AuditFinding.Versions versions) {
            partial.tally(target.id(), versions.tally());
            return versionsAfter((AuditTask.ListVersions) work, versions, demand);
        } else if (finding instanceof AuditFinding.Names names) {
            policy.probed(
                    knowledge(target), ((AuditTask.ProbePrefix) work).probe(), names.prefixes(), names.truncated());
            return List.of();
        } else if (finding instanceof AuditFinding.Uploads uploads) {
            partial.tally(target.id(), uploads.tally());
            return uploadsAfter(target, uploads);
        }
        AuditFinding.Parts parts = (AuditFinding.Parts) finding;
        partial.tally(target.id(), parts.tally());
        AuditTask.SumParts sum = (AuditTask.SumParts) work;
        return parts.next()
                .<List<AuditTask>>map(
                        marker -> List.of(new AuditTask.SumParts(target, sum.key(), sum.uploadId(), marker)))
                .orElse(List.of());
    }

    private List<AuditTask> cut(Target target, Range range, Page page, Demand demand, Function<Range, AuditTask> list) {
        Cuts cuts = policy.next(knowledge(target), range, page, demand.spare());
        List<AuditTask> next = new ArrayList<>();
        cuts.ranges().forEach(rest -> next.add(list.apply(rest)));
        cuts.probes().forEach(probe -> next.add(new AuditTask.ProbePrefix(target, probe)));
        return next;
    }

    /** The versions of the page's last key may go on on the next page, which then begins at that version. */
    private List<AuditTask> versionsAfter(AuditTask.ListVersions work, AuditFinding.Versions found, Demand demand) {
        Target target = work.target();
        Optional<AuditTask.VersionMarker> marker = found.unfinished();
        List<AuditTask> next = new ArrayList<>(cut(
                target,
                work.range(),
                found.page(),
                demand,
                rest -> new AuditTask.ListVersions(
                        target, rest, marker.filter(version -> version.key().equals(rest.after())))));
        if (marker.isPresent() && !found.page().more()) {
            next.add(new AuditTask.ListVersions(target, work.range(), marker));
        }
        return next;
    }

    private static List<AuditTask> uploadsAfter(Target target, AuditFinding.Uploads found) {
        List<AuditTask> next = new ArrayList<>();
        found.uploads().forEach(upload -> next.add(new AuditTask.SumParts(target, upload.key(), upload.uploadId(), 0)));
        if (found.nextKey().isPresent()) {
            next.add(new AuditTask.ListUploads(target, found.nextKey(), found.nextUpload()));
        }
        return next;
    }

    private BucketKnowledge knowledge(Target target) {
        return book.knowledge(target, BucketKnowledge::new);
    }

    private void open(AuditTask task) {
        if (task instanceof AuditTask.InBucket work) {
            book.opened(work.target());
        }
    }

    private Step<AuditTask, AuditPartial> step(AuditTask.InBucket work, AuditPartial partial, List<AuditTask> next) {
        next.forEach(this::open);
        if (book.closed(work.target())) {
            partial.bucketDone();
        }
        return Step.of(partial, next);
    }

    private static Gap gap(AuditTask.InBucket work) {
        boolean uploads = work instanceof AuditTask.ListUploads || work instanceof AuditTask.SumParts;
        return uploads ? Gap.UPLOADS : Gap.OBJECTS;
    }

    private static AuditFailure failure(Gap gap, String account, String bucket, AuditTask task, Failure failure) {
        return new AuditFailure(gap, account, bucket, TaskWords.of(task), failure.code(), failure.message());
    }
}
