package dev.muster.audit;

import dev.muster.audit.profile.BucketProfile;
import dev.muster.audit.split.KeyDistribution;
import dev.muster.engine.Plan.Outlook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * State of the buckets under way: how many tasks each still has, and what was learned about its keys. It is forgotten
 * with a bucket's last task, and rebuilt from the outstanding tasks after a resumption.
 */
final class BucketTracker {
    private static final class Entry {
        private BucketLocation target;
        private int tasks;
        private long pages;
        private long earlierPages;
        private boolean inPart;
        private boolean unorderedKeys;
        private boolean unorderedUploads;
        private boolean withoutVersions;
        private ListingMode mode = ListingMode.IN_PARTS;
        /** Null until something is known of them, as there may be many buckets that nobody lists yet. */
        private KeyDistribution keys;

        private KeyDistribution uploads;
        private Set<String> promised = Set.of();
        private SplitVerifier keyCuts = new SplitVerifier();
        private SplitVerifier uploadCuts = new SplitVerifier();

        private KeyDistribution keys() {
            keys = keys == null ? new KeyDistribution() : keys;
            return keys;
        }
    }

    /**
     * Conclusion from a bucket's last task.
     *
     * @param whole profile of the bucket if this run has listed all of its keys, else empty; without keys if versions
     *     were wanted and cannot be listed, so that the next run does not begin with several parts of a listing that
     *     shows nothing
     */
    record Ended(Optional<BucketProfile> whole) {}

    private static final BucketProfile NOTHING_LEARNED = new BucketProfile(0, List.of());

    private final Map<BucketId, Entry> entries = new HashMap<>();

    /** Buckets that an earlier process has started to list in sequence. */
    private final Set<BucketId> inSequence = new HashSet<>();

    /** Notes what an earlier process has counted. */
    void restored(AuditPartial summary) {
        summary.buckets().forEach((id, stats) -> {
            if (stats.mode() == ListingMode.IN_SEQUENCE) {
                inSequence.add(id);
            }
        });
    }

    void opened(BucketLocation target) {
        Entry entry = entry(target);
        entry.target = target;
        entry.tasks++;
    }

    /** Buckets that have tasks. */
    List<BucketLocation> underWay() {
        return entries.values().stream()
                .map(entry -> entry.target)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Requests made and left for each bucket that has tasks, by what an earlier run has counted and by what the pages so
     * far suggest.
     */
    List<Outlook> outlook() {
        return underWay().stream().map(this::outlook).toList();
    }

    private Outlook outlook(BucketLocation target) {
        Entry entry = entry(target);
        double pending = entry.keys == null ? 0 : entry.keys.pending();
        long expected = Math.max(Math.round(pending), entry.earlierPages - entry.pages);
        boolean known = entry.pages > 0 || entry.earlierPages > 0;
        return new Outlook(
                target.account(),
                target.bucket(),
                entry.pages,
                known ? OptionalLong.of(Math.max(1, expected)) : OptionalLong.empty());
    }

    /** Notes that some of a bucket's keys are listed by another run, or not at all. */
    void inPart(BucketLocation target) {
        entry(target).inPart = true;
    }

    /** Notes that a bucket's keys are not in byte order; returns whether that is new. */
    boolean unorderedKeys(BucketLocation target) {
        Entry entry = entry(target);
        boolean known = entry.unorderedKeys;
        entry.unorderedKeys = true;
        entry.inPart = true;
        return !known;
    }

    /** Notes that a bucket's uploads are not in the byte order of their keys; returns whether that is new. */
    boolean unorderedUploads(BucketLocation target) {
        Entry entry = entry(target);
        boolean known = entry.unorderedUploads;
        entry.unorderedUploads = true;
        return !known;
    }

    /** Tells whether a listing was noted, and reported, not to be in byte order. */
    boolean isUnordered(BucketLocation target, AuditFailure.Gap gap) {
        Entry entry = entry(target);
        return gap == AuditFailure.Gap.UPLOADS ? entry.unorderedUploads : entry.unorderedKeys;
    }

    /** Notes that the server lists only the objects of a bucket, and no versions. */
    void withoutVersions(BucketLocation target) {
        entry(target).withoutVersions = true;
    }

    /** Tells whether the versions of a bucket were noted, and reported, as impossible to list. */
    boolean isWithoutVersions(BucketLocation target) {
        return entry(target).withoutVersions;
    }

    /** Notes that the server says that objects follow a key that it has shown. */
    void promised(BucketLocation target, String after) {
        Entry entry = entry(target);
        entry.promised = entry.promised.isEmpty() ? new HashSet<>() : entry.promised;
        entry.promised.add(after);
    }

    /** Tells, once, whether that was noted. */
    boolean wasPromised(BucketLocation target, String after) {
        Entry entry = entry(target);
        return !entry.promised.isEmpty() && entry.promised.remove(after);
    }

    void countPages(BucketLocation target, int pages) {
        entry(target).pages += pages;
    }

    /** Notes a task's end, to be called after its follow-ups were opened; empty unless it was the bucket's last one. */
    Optional<Ended> closed(BucketLocation target) {
        Entry entry = entry(target);
        if (--entry.tasks > 0) {
            return Optional.empty();
        }
        entries.remove(target.id());
        BucketProfile known = entry.withoutVersions
                ? NOTHING_LEARNED
                : new BucketProfile(entry.pages, entry.keys().quantiles());
        return Optional.of(new Ended(entry.inPart ? Optional.empty() : Optional.of(known)));
    }

    /** Distribution of the keys of a bucket's objects or versions, as far as known. */
    KeyDistribution keys(BucketLocation target) {
        return entry(target).keys();
    }

    /** The same, starting from what an earlier run has learned. */
    KeyDistribution keys(BucketLocation target, BucketProfile earlier) {
        Entry entry = entry(target);
        entry.keys = KeyDistribution.of(earlier.quantiles());
        entry.earlierPages = earlier.pages();
        return entry.keys();
    }

    /** The places where the listing of a bucket's objects or versions was cut. */
    SplitVerifier keyCuts(BucketLocation target) {
        return entry(target).keyCuts;
    }

    /** The places where the listing of a bucket's uploads was cut. */
    SplitVerifier uploadCuts(BucketLocation target) {
        return entry(target).uploadCuts;
    }

    /** Notes a task of a bucket that an earlier process has started. */
    void resumed(BucketLocation target) {
        Entry entry = entry(target);
        entry.inPart = true;
        if (target.mode() == ListingMode.IN_SEQUENCE || inSequence.contains(target.id())) {
            entry.mode = ListingMode.IN_SEQUENCE;
        }
    }

    /** Tells whether a bucket is being listed again, so that results of the former listing do not count. */
    boolean superseded(BucketLocation target) {
        return target.mode().compareTo(entry(target).mode) < 0;
    }

    /** Restarts the listing of a bucket in sequence, at most once per run; empty if it is listed that way already. */
    Optional<BucketLocation> restarted(BucketLocation target) {
        Entry former = entry(target);
        if (former.mode == ListingMode.IN_SEQUENCE || target.directory()) {
            return Optional.empty();
        }
        Entry anew = new Entry();
        anew.tasks = former.tasks;
        anew.mode = ListingMode.IN_SEQUENCE;
        entries.put(target.id(), anew);
        return Optional.of(target.in(ListingMode.IN_SEQUENCE));
    }

    /** Distribution of the keys of a bucket's incomplete uploads, as far as known. */
    KeyDistribution uploads(BucketLocation target) {
        Entry entry = entry(target);
        entry.uploads = entry.uploads == null ? new KeyDistribution() : entry.uploads;
        return entry.uploads;
    }

    private Entry entry(BucketLocation target) {
        return entries.computeIfAbsent(target.id(), id -> new Entry());
    }
}
