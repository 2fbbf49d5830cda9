package dev.muster.audit;

import dev.muster.audit.profile.BucketProfile;
import dev.muster.audit.split.KeyDistribution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Memory of a plan for the buckets under way: how many tasks each still has, and what was learned of its keys.
 * Forgotten with a bucket's last task, and rebuilt from the outstanding tasks after a resume.
 */
final class BucketTracker {
    private static final class Entry {
        private BucketLocation target;
        private int tasks;
        private long pages;
        private boolean inPart;
        private boolean unorderedKeys;
        private boolean unorderedUploads;
        private boolean withoutVersions;
        private ListingMode mode = ListingMode.IN_PARTS;
        private KeyDistribution keys = new KeyDistribution();
        private KeyDistribution uploads = new KeyDistribution();
        private SplitVerifier keyCuts = new SplitVerifier();
        private SplitVerifier uploadCuts = new SplitVerifier();
    }

    /**
     * Follow-up of a bucket's last task.
     *
     * @param whole empty unless all of its keys were listed by this run; a profile of nothing where versions were wanted and
     *     cannot be listed, so that the next run does not begin with several parts of a listing that shows nothing
     */
    record Ended(Optional<BucketProfile> whole) {}

    private static final BucketProfile NOTHING_LEARNED = new BucketProfile(0, List.of());

    private final Map<BucketId, Entry> entries = new HashMap<>();

    /** Buckets that an earlier process has begun to list in sequence. */
    private final Set<BucketId> inSequence = new HashSet<>();

    /** Takes note of what an earlier process has counted. */
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

    /** Tells whether it was noted, and reported, that the order of a listing is another than that of bytes. */
    boolean isUnordered(BucketLocation target, AuditFailure.Gap gap) {
        Entry entry = entry(target);
        return gap == AuditFailure.Gap.UPLOADS ? entry.unorderedUploads : entry.unorderedKeys;
    }

    /** Notes that the server lists objects only, and no versions, of a bucket. */
    void withoutVersions(BucketLocation target) {
        entry(target).withoutVersions = true;
    }

    /** Tells whether it was noted, and reported, that a bucket's versions cannot be listed. */
    boolean isWithoutVersions(BucketLocation target) {
        return entry(target).withoutVersions;
    }

    void countPage(BucketLocation target) {
        entry(target).pages++;
    }

    /** Notes a task's end, to be called after its follow-ups were opened; empty unless it was the bucket's last one. */
    Optional<Ended> closed(BucketLocation target) {
        Entry entry = entry(target);
        if (--entry.tasks > 0) {
            return Optional.empty();
        }
        entries.remove(target.id());
        BucketProfile known =
                entry.withoutVersions ? NOTHING_LEARNED : new BucketProfile(entry.pages, entry.keys.quantiles());
        return Optional.of(new Ended(entry.inPart ? Optional.empty() : Optional.of(known)));
    }

    /** Knowledge of the keys of a bucket's objects or versions. */
    KeyDistribution keys(BucketLocation target) {
        return entry(target).keys;
    }

    /** Begins with what an earlier run has learned. */
    KeyDistribution keys(BucketLocation target, BucketProfile earlier) {
        Entry entry = entry(target);
        entry.keys = KeyDistribution.of(earlier.quantiles());
        return entry.keys;
    }

    /** The places where the listing of a bucket's objects or versions was cut. */
    SplitVerifier keyCuts(BucketLocation target) {
        return entry(target).keyCuts;
    }

    /** The places where the listing of a bucket's uploads was cut. */
    SplitVerifier uploadCuts(BucketLocation target) {
        return entry(target).uploadCuts;
    }

    /** Notes a task of a bucket that was begun by an earlier process. */
    void resumed(BucketLocation target) {
        Entry entry = entry(target);
        entry.inPart = true;
        if (target.mode() == ListingMode.IN_SEQUENCE || inSequence.contains(target.id())) {
            entry.mode = ListingMode.IN_SEQUENCE;
        }
    }

    /** Tells whether a bucket is being listed anew, so that what a task of the former listing finds does not count. */
    boolean superseded(BucketLocation target) {
        return target.mode().compareTo(entry(target).mode) < 0;
    }

    /** Begins a bucket's listing anew in sequence, at most once in a run; empty if it is listed so already. */
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

    /** Knowledge of the keys of a bucket's incomplete uploads. */
    KeyDistribution uploads(BucketLocation target) {
        return entry(target).uploads;
    }

    private Entry entry(BucketLocation target) {
        return entries.computeIfAbsent(target.id(), id -> new Entry());
    }
}
