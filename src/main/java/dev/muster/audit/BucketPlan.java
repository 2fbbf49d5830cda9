package dev.muster.audit;

import dev.muster.audit.AuditFailure.Gap;
import dev.muster.audit.AuditTask.Marker;
import dev.muster.audit.profile.BucketProfile;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.split.SplitPolicy;
import dev.muster.audit.split.SplitPolicy.SplitDecision;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Outlook;
import dev.muster.engine.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Plan of the tasks within buckets, down to pages of keys. When workers are idle, the rest of a range is cut into
 * several ranges. Any cut is correct, so a bad one costs a request and never a key.
 */
final class BucketPlan {
    private static final Failure UNORDERED = new Failure(
            Failure.Kind.INVALID,
            "KeyOrder",
            "the server's keys are not in UTF-8 byte order; its pages were counted one after the other, but whether a key is"
                    + " missing or came twice cannot be proven");

    private static final Failure NO_VERSIONS =
            new Failure(Failure.Kind.INVALID, "NoVersions", "the server lists objects, and none of their versions");

    private final AuditScope scope;
    private final ProfileStore learning;
    private final SplitPolicy policy = new SplitPolicy();
    private final BucketTracker book = new BucketTracker();

    BucketPlan(AuditScope scope, ProfileStore learning) {
        this.scope = scope;
        this.learning = learning;
    }

    /** Tells whether the task's bucket is being listed again, so that the task is no longer of use. */
    boolean superseded(AuditTask.InBucket work) {
        return book.superseded(work.target());
    }

    /** Notes a task that is to be done, before it is completed. */
    void open(AuditTask.InBucket work) {
        book.opened(work.target());
    }

    void restored(AuditPartial summary) {
        book.restored(summary);
    }

    void resumed(AuditTask.InBucket work) {
        open(work);
        book.resumed(work.target());
        if (work instanceof AuditTask.ListRange list) {
            book.keyCuts(work.target()).resumed(list.range());
        } else if (work instanceof AuditTask.ListVersions list) {
            book.keyCuts(work.target()).resumed(list.range());
        } else if (work instanceof AuditTask.ListUploads list) {
            book.uploadCuts(work.target()).resumed(list.range());
        }
    }

    /**
     * A bucket's first tasks.
     *
     * @param listers number of listers that should have work at once, if an earlier run has learned how to divide it
     */
    List<AuditTask> begin(BucketLocation target, Optional<BucketProfile> earlier, int listers) {
        KeyRange all = KeyRange.ofPrefix(scope.prefix());
        List<AuditTask> first = new ArrayList<>();
        if (target.directory()) {
            first.add(DirectoryWalk.begin(target, scope.prefix()));
        } else {
            List<KeyRange> ranges = ranges(target, all, earlier, listers);
            book.keyCuts(target).cut(ranges);
            AuditTask.Listing listing = scope.versions() ? AuditTask.Listing.VERSIONS : AuditTask.Listing.OBJECTS;
            ranges.forEach(range -> first.add(list(target, listing, range)));
        }
        if (scope.uploads()) {
            first.add(new AuditTask.ListUploads(target, target.directory() ? KeyRange.ALL : all, Optional.empty()));
        }
        return first;
    }

    private AuditTask list(BucketLocation target, AuditTask.Listing listing, KeyRange range) {
        return switch (listing) {
            case OBJECTS -> new AuditTask.ListRange(target, range);
            case VERSIONS -> new AuditTask.ListVersions(target, range, Optional.empty());
            case UPLOADS -> new AuditTask.ListUploads(target, range, Optional.empty());
        };
    }

    private AuditTask.Listing listing(AuditTask work) {
        if (work instanceof AuditTask.ListUploads) {
            return AuditTask.Listing.UPLOADS;
        }
        return work instanceof AuditTask.ListVersions ? AuditTask.Listing.VERSIONS : AuditTask.Listing.OBJECTS;
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
        List<AuditTask> next = book.superseded(work.target()) ? List.of() : next(work, finding, demand, partial);
        return step(work, partial, next);
    }

    Step<AuditTask, AuditPartial> abandoned(AuditTask.InBucket work, Failure failure) {
        AuditPartial partial = new AuditPartial();
        List<AuditTask> next = book.superseded(work.target()) ? List.of() : instead(work, failure, partial);
        return step(work, partial, next);
    }

    /** Tasks that replace one that has failed; none if the failure may pass, or nothing else would succeed. */
    private List<AuditTask> instead(AuditTask.InBucket work, Failure failure, AuditPartial partial) {
        boolean lasting = !failure.kind().retriable();
        if (lasting
                && work instanceof AuditTask.ListVersions list
                && begins(list.range())
                && ListingFallback.lacksVersions(failure)) {
            partial.failure(AuditFailure.of(Gap.VERSIONS, work, failure));
            book.withoutVersions(work.target());
            return List.of(new AuditTask.ListRange(list.target(), list.range()));
        }
        List<AuditTask> next =
                lasting && ListingFallback.inSequenceHelps(work, failure) ? restart(work.target()) : List.of();
        boolean known = failure.code().equals(UNORDERED.code())
                && work.gap()
                        .filter(gap -> book.isUnordered(work.target(), gap))
                        .isPresent();
        if (next.isEmpty() && !known) {
            failed(work, failure, partial);
        }
        return next;
    }

    private void failed(AuditTask.InBucket work, Failure failure, AuditPartial partial) {
        work.gap().ifPresent(gap -> {
            if (gap == Gap.OBJECTS) {
                book.inPart(work.target());
            }
            partial.failure(AuditFailure.of(gap, work, failure));
        });
    }

    /** Lists a bucket again, in sequence; no tasks if that is not possible. */
    private List<AuditTask> restart(BucketLocation target) {
        return book.restarted(target)
                .map(anew -> begin(anew, Optional.empty(), 1))
                .orElse(List.of());
    }

    private List<AuditTask> next(AuditTask.InBucket work, AuditResult finding, Demand demand, AuditPartial partial) {
        BucketLocation target = work.target();
        if (finding instanceof AuditResult.Elsewhere elsewhere) {
            partial.bucket(target.id(), new BucketFacts(elsewhere.region(), null));
            return List.of(work.in(elsewhere.region()));
        } else if (finding instanceof AuditResult.Region found) {
            partial.bucket(target.id(), new BucketFacts(found.region(), null));
            BucketLocation there = new BucketLocation(
                    target.account(), target.bucket(), found.region(), false, target.asOfMillis(), target.mode());
            return begin(there, found.earlier(), demand.spare());
        } else if (work instanceof AuditTask.ProbePrefix asked && finding instanceof AuditResult.Names names) {
            policy.probed(book.keys(target), asked.probe(), names.prefixes(), names.truncated());
            return List.of();
        } else if (work instanceof AuditTask.ListDirectory list && finding instanceof AuditResult.Directory found) {
            return directoryAfter(list, found, demand, partial);
        } else if (work instanceof AuditTask.ListRange list && finding instanceof AuditResult.Objects found) {
            partial.tally(target.id(), found.tally(), target.mode());
            if (scope.versions()
                    && begins(list.range())
                    && found.page().keys() > 0
                    && !book.isWithoutVersions(target)) {
                partial.failure(AuditFailure.of(Gap.VERSIONS, list, NO_VERSIONS));
                book.withoutVersions(target);
                if (!list.range().equals(KeyRange.ofPrefix(scope.prefix()))) {
                    return restart(target); // the other parts were listed only for versions, and counted nothing
                }
            }
            if (nothingWherePromised(list, found)) {
                List<AuditTask> anew = restart(target);
                if (anew.isEmpty() && list.token().isEmpty()) {
                    partial.failure(AuditFailure.of(Gap.OBJECTS, list, EndlessListing.failure("keys")));
                }
                return anew;
            }
            List<AuditTask> next = objectsAfter(list, found, demand);
            next.addAll(doubts(list, list.range(), found, false));
            if (found.disorder()
                    && !(list.token().isEmpty()
                            && found.token().isEmpty()
                            && !found.page().more())) {
                unordered(Gap.OBJECTS, list, partial);
            }
            return next;
        } else if (work instanceof AuditTask.ListVersions list && finding instanceof AuditResult.Versions found) {
            partial.tally(target.id(), found.tally(), target.mode());
            List<AuditTask> next = versionsAfter(list, found, demand);
            if (list.marker().isEmpty()
                    && begins(list.range())
                    && next.isEmpty()
                    && found.page().keys() == 0) {
                next.add(new AuditTask.ListRange(target, list.range())); // some servers list versions but name none
            }
            next.addAll(doubts(list, list.range(), found, list.marker().isPresent()));
            if (found.disorder() && !(list.marker().isEmpty() && !found.page().more())) {
                unordered(Gap.OBJECTS, list, partial);
            }
            return next;
        } else if (work instanceof AuditTask.ListUploads list && finding instanceof AuditResult.Uploads found) {
            partial.tally(target.id(), found.tally(), target.mode());
            if (found.limit().isPresent()
                    && begins(list.range())
                    && list.marker().isEmpty()) {
                partial.failure(AuditFailure.of(
                        Gap.UPLOADS,
                        list,
                        new Failure(
                                Failure.Kind.INVALID,
                                "ServerLimit",
                                found.limit().get())));
            }
            if (found.disorder() && !(list.marker().isEmpty() && !found.page().more())) {
                unordered(Gap.UPLOADS, list, partial);
            }
            List<AuditTask> next = uploadsAfter(list, found, demand);
            next.addAll(doubts(list, list.range(), found, list.marker().isPresent()));
            return next;
        } else if (work instanceof AuditTask.CheckCut check && finding instanceof AuditResult.Follows found) {
            return checked(check, found, partial);
        } else if (work instanceof AuditTask.SumParts sum && finding instanceof AuditResult.Parts found) {
            partial.tally(target.id(), found.tally(), target.mode());
            return partsAfter(sum, found);
        }
        throw new IllegalArgumentException("nothing follows from " + finding.getClass() + " for " + work.getClass());
    }

    /** Reports once that a listing of several pages is unordered. */
    private void unordered(Gap gap, AuditTask.InBucket work, AuditPartial partial) {
        BucketLocation target = work.target();
        if (gap == Gap.OBJECTS ? book.unorderedKeys(target) : book.unorderedUploads(target)) {
            AuditTask.InBucket whole = (AuditTask.InBucket) list(target, listing(work), KeyRange.ALL);
            partial.failure(AuditFailure.of(gap, whole, UNORDERED));
        }
    }

    /** Checks of the cuts of which one side alone was heard, for whoever goes on without the memory of it. */
    List<AuditTask> checksOfOpenCuts() {
        AuditTask.Listing keys = scope.versions() ? AuditTask.Listing.VERSIONS : AuditTask.Listing.OBJECTS;
        List<AuditTask> checks = new ArrayList<>();
        for (BucketLocation target : book.underWay()) {
            checks.addAll(checks(target, keys, book.keyCuts(target).heardOnTheLeft()));
            checks.addAll(checks(
                    target, AuditTask.Listing.UPLOADS, book.uploadCuts(target).heardOnTheLeft()));
        }
        return checks;
    }

    /** Requests made and left for each bucket that has tasks. */
    List<Outlook> outlook() {
        return book.outlook();
    }

    private static List<AuditTask> checks(
            BucketLocation target, AuditTask.Listing listing, List<SplitVerifier.Doubt> cuts) {
        return cuts.stream()
                .<AuditTask>map(cut -> new AuditTask.CheckCut(target, listing, cut.lastBefore(), cut.cut()))
                .toList();
    }

    /** Tells whether a range begins with the first key that is audited. */
    private boolean begins(KeyRange range) {
        return range.after().equals(KeyRange.ofPrefix(scope.prefix()).after());
    }

    private static List<AuditTask> directoryAfter(
            AuditTask.ListDirectory work, AuditResult.Directory found, Demand demand, AuditPartial partial) {
        if (DirectoryWalk.divides(work, found, demand.spare())) {
            return List.of(DirectoryWalk.divided(work));
        }
        partial.tally(work.target().id(), found.tally(), work.target().mode());
        return DirectoryWalk.after(work, found);
    }

    private List<AuditTask> objectsAfter(AuditTask.ListRange work, AuditResult.Objects found, Demand demand) {
        BucketLocation target = work.target();
        if (found.blank()) {
            return new ArrayList<>(List.of(new AuditTask.ListRange(target, work.range(), found.token())));
        }
        if (found.page().more() && !found.page().doubtful()) {
            book.promised(target, found.page().last());
        }
        return keysAfter(target, work.range(), found.page(), Optional.empty(), demand, (rest, marker) -> {
            boolean goesOn = rest.after().equals(found.page().last());
            return new AuditTask.ListRange(
                    target,
                    rest,
                    found.token().filter(known -> goesOn),
                    goesOn ? PageSequence.pages(target, found, demand, book.keys(target), rest) : 1);
        });
    }

    /** A server that has said that more keys follow, and shows none behind the last one, may not know that by this key. */
    private boolean nothingWherePromised(AuditTask.ListRange work, AuditResult.Objects found) {
        return book.wasPromised(work.target(), work.range().after())
                && found.page().keys() == 0
                && found.token().isEmpty()
                && !found.page().more()
                && found.edges().beyond().isEmpty();
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

    private static KeyRange rest(KeyRange range, ListedPage page) {
        return new KeyRange(page.last(), range.upTo());
    }

    /** Listers for further parts of a range; none for a range that is probably empty and is listed only to be sure. */
    private static int spare(BucketLocation target, ListedPage page, Demand demand) {
        return target.mode() == ListingMode.IN_PARTS && !page.doubtful() ? demand.spare() : 0;
    }

    private List<AuditTask> keysAfter(
            BucketLocation target,
            KeyRange range,
            ListedPage page,
            Optional<Marker> unfinished,
            Demand demand,
            BiFunction<KeyRange, Optional<Marker>, AuditTask> list) {
        book.countPages(target, page.requests());
        if (target.mode() == ListingMode.IN_SEQUENCE) {
            return continued(range, page, unfinished, page.more() ? List.of(rest(range, page)) : List.of(), list);
        }
        SplitDecision cuts = policy.next(book.keys(target), range, page, spare(target, page, demand));
        book.keyCuts(target).cut(cuts.ranges());
        List<AuditTask> next = continued(range, page, unfinished, cuts.ranges(), list);
        cuts.probes().forEach(probe -> next.add(new AuditTask.ProbePrefix(target, probe)));
        return next;
    }

    /** Checks of the cuts at both ends of a range whose sides contradict each other. */
    private List<AuditTask> doubts(AuditTask.InBucket work, KeyRange range, AuditResult.Listed found, boolean begun) {
        SplitVerifier cuts = cuts(work.target(), listing(work));
        return checks(work.target(), listing(work), cuts.listed(range, found.edges(), begun, found.goesOn()));
    }

    private List<AuditTask> checked(AuditTask.CheckCut check, AuditResult.Follows found, AuditPartial partial) {
        BucketLocation target = check.target();
        SplitVerifier cuts = cuts(target, check.listing());
        SplitVerifier.Verdict verdict = cuts.checked(check, found);
        if (verdict == SplitVerifier.Verdict.LIST_AGAIN) {
            return List.of(list(target, check.listing(), cuts.silent(check.cut())));
        } else if (verdict == SplitVerifier.Verdict.CHECK_AGAIN) {
            return List.of(check);
        } else if (verdict == SplitVerifier.Verdict.CHANGED) {
            return List.of();
        }
        List<AuditTask> next = verdict == SplitVerifier.Verdict.SKIPS ? restart(target) : List.of();
        if (next.isEmpty()) {
            failed(check, SplitVerifier.SKIPPED, partial);
        }
        return next;
    }

    private SplitVerifier cuts(BucketLocation target, AuditTask.Listing listing) {
        return listing == AuditTask.Listing.UPLOADS ? book.uploadCuts(target) : book.keyCuts(target);
    }

    /** Parts come first, so that the queue holds those of a few pages and not of a whole listing that has run ahead. */
    private List<AuditTask> uploadsAfter(AuditTask.ListUploads work, AuditResult.Uploads found, Demand demand) {
        BucketLocation target = work.target();
        List<AuditTask> next = new ArrayList<>();
        for (AuditResult.NamedUpload upload : found.uploads()) {
            next.add(new AuditTask.SumParts(target, upload.key(), upload.uploadId(), 0, upload.initiatedMillis()));
        }
        ListedPage page = found.page();
        List<KeyRange> ranges =
                page.more() && (page.keys() == 0 || target.directory() || book.isUnordered(target, Gap.UPLOADS))
                        ? List.of(rest(work.range(), page))
                        : policy.next(book.uploads(target), work.range(), page, spare(target, page, demand))
                                .ranges();
        book.uploadCuts(target).cut(ranges);
        next.addAll(continued(
                work.range(),
                page,
                found.unfinished(),
                ranges,
                (rest, marker) -> new AuditTask.ListUploads(target, rest, marker)));
        return next;
    }

    /**
     * Tasks for the rest of a range. The versions or uploads of a key may continue on the next page, which then begins
     * in the middle of that key: at the start of the rest, or after the last key of the range if there is no rest.
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
                .<List<AuditTask>>map(marker -> List.of(new AuditTask.SumParts(
                        work.target(), work.key(), work.uploadId(), marker, work.initiatedMillis())))
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
