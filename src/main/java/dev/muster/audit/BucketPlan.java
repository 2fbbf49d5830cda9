package dev.muster.audit;

import dev.muster.audit.AuditFailure.Gap;
import dev.muster.audit.AuditTask.Marker;
import dev.muster.audit.profile.BucketProfile;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.split.SplitDecision;
import dev.muster.audit.split.SplitPolicy;
import dev.muster.engine.Demand;
import dev.muster.engine.Failure;
import dev.muster.engine.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * From buckets to pages of keys. Where workers stand idle, what is left of a range is cut into several; any cut is right,
 * so that a bad one costs a request and never a key.
 */
final class BucketPlan {
    private final AuditScope scope;
    private final ProfileStore learning;
    private final SplitPolicy policy = new SplitPolicy();
    private final BucketTracker book = new BucketTracker();

    BucketPlan(AuditScope scope, ProfileStore learning) {
        this.scope = scope;
        this.learning = learning;
    }

    /** Takes note of a task that is on its way, before it is completed. */
    void open(AuditTask.InBucket work) {
        book.opened(work.target());
    }

    void resumed(AuditTask.InBucket work) {
        open(work);
        book.inPart(work.target());
    }

    /**
     * A bucket's first tasks.
     *
     * @param listers for how many listers there should be work at once, where an earlier run knows how to divide it
     */
    List<AuditTask> begin(BucketLocation target, Optional<BucketProfile> earlier, int listers) {
        KeyRange all = KeyRange.ofPrefix(scope.prefix());
        List<AuditTask> first = new ArrayList<>();
        if (target.directory()) {
            first.add(DirectoryWalk.begin(target, scope.prefix()));
        } else {
            List<KeyRange> ranges = ranges(target, all, earlier, listers);
            book.splitVerifier(target).cut(ranges);
            ranges.forEach(range -> first.add(list(target, range)));
        }
        if (scope.uploads()) {
            first.add(new AuditTask.ListUploads(target, target.directory() ? KeyRange.ALL : all, Optional.empty()));
        }
        return first;
    }

    private AuditTask.InBucket list(BucketLocation target, KeyRange range) {
        return scope.versions()
                ? new AuditTask.ListVersions(target, range, Optional.empty())
                : new AuditTask.ListRange(target, range);
    }

    private List<KeyRange> ranges(BucketLocation target, KeyRange all, Optional<BucketProfile> earlier, int listers) {
        return earlier.map(known -> policy.start(book.keys(target, known), listers).stream()
                        .map(range -> range.bounded() ? range : new KeyRange(range.after(), all.upTo()))
                        .toList())
                .filter(parts -> parts.size() > 1)
                .orElse(List.of(all));
    }

    Step<AuditTask, AuditPartial> completed(AuditTask.InBucket work, AuditResult finding, Demand demand) {
        AuditPartial partial = new AuditPartial();
        List<AuditTask> next = next(work, finding, demand, partial);
        return step(work, partial, next);
    }

    Step<AuditTask, AuditPartial> abandoned(AuditTask.InBucket work, Failure failure) {
        AuditPartial partial = new AuditPartial();
        work.gap().ifPresent(gap -> {
            if (gap == Gap.OBJECTS) {
                book.inPart(work.target());
            }
            partial.failure(AuditFailure.of(gap, work, failure));
        });
        return step(work, partial, List.of());
    }

    private List<AuditTask> next(AuditTask.InBucket work, AuditResult finding, Demand demand, AuditPartial partial) {
        BucketLocation target = work.target();
        if (finding instanceof AuditResult.Elsewhere elsewhere) {
            partial.bucket(target.id(), new BucketFacts(elsewhere.region(), null));
            return List.of(work.in(elsewhere.region()));
        } else if (finding instanceof AuditResult.Region found) {
            partial.bucket(target.id(), new BucketFacts(found.region(), null));
            BucketLocation there =
                    new BucketLocation(target.account(), target.bucket(), found.region(), false, target.asOfMillis());
            return begin(there, found.earlier(), demand.spare());
        } else if (work instanceof AuditTask.ProbePrefix asked && finding instanceof AuditResult.Names names) {
            policy.probed(book.keys(target), asked.probe(), names.prefixes(), names.truncated());
            return List.of();
        } else if (work instanceof AuditTask.ListDirectory list && finding instanceof AuditResult.Directory found) {
            return directoryAfter(list, found, demand, partial);
        } else if (work instanceof AuditTask.ListRange list && finding instanceof AuditResult.Objects found) {
            partial.tally(target.id(), found.tally());
            List<AuditTask> next = objectsAfter(list, found, demand);
            next.addAll(doubted(target, list.range(), found.page(), found.passed(), partial));
            return next;
        } else if (work instanceof AuditTask.ListVersions list && finding instanceof AuditResult.Versions found) {
            partial.tally(target.id(), found.tally());
            List<AuditTask> next = versionsAfter(list, found, demand);
            if (list.marker().isEmpty()) {
                next.addAll(doubted(target, list.range(), found.page(), found.passed(), partial));
            }
            return next;
        } else if (work instanceof AuditTask.ListUploads list && finding instanceof AuditResult.Uploads found) {
            partial.tally(target.id(), found.tally());
            return uploadsAfter(list, found, demand);
        } else if (work instanceof AuditTask.SumParts sum && finding instanceof AuditResult.Parts found) {
            partial.tally(target.id(), found.tally());
            return partsAfter(sum, found);
        }
        throw new IllegalArgumentException("nothing follows from " + finding.getClass() + " for " + work.getClass());
    }

    private static List<AuditTask> directoryAfter(
            AuditTask.ListDirectory work, AuditResult.Directory found, Demand demand, AuditPartial partial) {
        if (DirectoryWalk.divides(work, found, demand.spare())) {
            return List.of(DirectoryWalk.divided(work));
        }
        partial.tally(work.target().id(), found.tally());
        return DirectoryWalk.after(work, found);
    }

    private List<AuditTask> objectsAfter(AuditTask.ListRange work, AuditResult.Objects found, Demand demand) {
        return keysAfter(
                work.target(),
                work.range(),
                found.page(),
                Optional.empty(),
                demand,
                (rest, marker) -> new AuditTask.ListRange(work.target(), rest));
    }

    private List<AuditTask> versionsAfter(AuditTask.ListVersions work, AuditResult.Versions found, Demand demand) {
        return keysAfter(
                work.target(),
                work.range(),
                found.page(),
                found.unfinished(),
                demand,
                (rest, marker) -> new AuditTask.ListVersions(work.target(), rest, marker));
    }

    private List<AuditTask> keysAfter(
            BucketLocation target,
            KeyRange range,
            ListedPage page,
            Optional<Marker> unfinished,
            Demand demand,
            BiFunction<KeyRange, Optional<Marker>, AuditTask> list) {
        book.countPage(target);
        SplitDecision cuts = policy.next(book.keys(target), range, page, demand.spare());
        book.splitVerifier(target).cut(cuts.ranges());
        List<AuditTask> next = continued(range, page, unfinished, cuts.ranges(), list);
        cuts.probes().forEach(probe -> next.add(new AuditTask.ProbePrefix(target, probe)));
        return next;
    }

    /** Lists a range once more whose answer cannot be true; if that does not help, something is missing. */
    private List<AuditTask> doubted(
            BucketLocation target, KeyRange range, ListedPage page, boolean passed, AuditPartial partial) {
        Optional<SplitVerifier.Doubt> doubt = book.splitVerifier(target).listed(range, page, passed);
        Optional<AuditTask.InBucket> again = doubt.map(each -> list(target, each.range()));
        if (doubt.filter(SplitVerifier.Doubt::repeated).isEmpty()) {
            return again.<List<AuditTask>>map(List::of).orElse(List.of());
        }
        partial.failure(AuditFailure.of(Gap.OBJECTS, again.orElseThrow(), SplitVerifier.SKIPPED));
        book.inPart(target);
        return List.of();
    }

    /** Parts go first, so that the queue holds those of a few pages and not of a whole listing that runs ahead. */
    private List<AuditTask> uploadsAfter(AuditTask.ListUploads work, AuditResult.Uploads found, Demand demand) {
        BucketLocation target = work.target();
        List<AuditTask> next = new ArrayList<>();
        found.uploads().forEach(upload -> next.add(new AuditTask.SumParts(target, upload.key(), upload.uploadId(), 0)));
        ListedPage page = found.page();
        List<KeyRange> ranges = page.more() && (page.keys() == 0 || target.directory())
                ? List.of(new KeyRange(
                        page.sample().get(page.sample().size() - 1),
                        work.range().upTo()))
                : policy.next(book.uploads(target), work.range(), page, demand.spare())
                        .ranges();
        next.addAll(continued(
                work.range(),
                page,
                found.unfinished(),
                ranges,
                (rest, marker) -> new AuditTask.ListUploads(target, rest, marker)));
        return next;
    }

    /**
     * The tasks for the rest of a range. What a key has several of may go on on the next page, which then begins in the
     * middle of that key: at the start of the rest, or behind the last key of the range when there is no rest.
     */
    private static List<AuditTask> continued(
            KeyRange range,
            ListedPage page,
            Optional<Marker> unfinished,
            List<KeyRange> rests,
            BiFunction<KeyRange, Optional<Marker>, AuditTask> list) {
        List<AuditTask> next = new ArrayList<>();
        for (KeyRange rest : rests) {
            next.add(list.apply(rest, unfinished.filter(marker -> marker.key().equals(rest.after()))));
        }
        if (unfinished.isPresent() && !page.more()) {
            next.add(list.apply(range, unfinished));
        }
        return next;
    }

    private static List<AuditTask> partsAfter(AuditTask.SumParts work, AuditResult.Parts found) {
        return found.next()
                .<List<AuditTask>>map(
                        marker -> List.of(new AuditTask.SumParts(work.target(), work.key(), work.uploadId(), marker)))
                .orElse(List.of());
    }

    private Step<AuditTask, AuditPartial> step(AuditTask.InBucket work, AuditPartial partial, List<AuditTask> next) {
        BucketLocation target = work.target();
        next.forEach(task -> open((AuditTask.InBucket) task));
        book.closed(target).ifPresent(ended -> {
            partial.bucketDone();
            ended.whole().ifPresent(known -> learning.listed(target.account(), target.bucket(), known));
        });
        return Step.of(partial, next);
    }
}
