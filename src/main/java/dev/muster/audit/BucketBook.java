package dev.muster.audit;

import dev.muster.audit.learn.LearnedBucket;
import dev.muster.audit.range.BucketKnowledge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan remembers of the buckets under way: how many tasks each still has, and what was learned of its keys.
 * Forgotten with a bucket's last task, and rebuilt from the outstanding tasks after a resume.
 */
final class BucketBook {
    private static final class Entry {
        private int tasks;
        private long pages;
        private boolean inPart;
        private BucketKnowledge keys = new BucketKnowledge();
        private final BucketKnowledge uploads = new BucketKnowledge();
        private final Seams seams = new Seams();
    }

    /**
     * What a bucket's last task leaves behind.
     *
     * @param whole empty unless all of its keys were listed by this run
     */
    record Ended(Optional<LearnedBucket> whole) {}

    private final Map<BucketId, Entry> entries = new HashMap<>();

    void opened(Target target) {
        entry(target).tasks++;
    }

    /** Notes that some of a bucket's keys are listed by another run, or not at all. */
    void inPart(Target target) {
        entry(target).inPart = true;
    }

    void countPage(Target target) {
        entry(target).pages++;
    }

    /** Notes a task's end, to be called after its follow-ups were opened; empty unless it was the bucket's last one. */
    Optional<Ended> closed(Target target) {
        Entry entry = entry(target);
        if (--entry.tasks > 0) {
            return Optional.empty();
        }
        entries.remove(target.id());
        return Optional.of(new Ended(
                entry.inPart ? Optional.empty() : Optional.of(new LearnedBucket(entry.pages, entry.keys.quantiles()))));
    }

    /** What is known of the keys of a bucket's objects or versions. */
    BucketKnowledge keys(Target target) {
        return entry(target).keys;
    }

    /** Begins with what an earlier run has learned. */
    BucketKnowledge keys(Target target, LearnedBucket earlier) {
        Entry entry = entry(target);
        entry.keys = BucketKnowledge.of(earlier.quantiles());
        return entry.keys;
    }

    /** Where the listing of a bucket's objects or versions was cut. */
    Seams seams(Target target) {
        return entry(target).seams;
    }

    /** What is known of the keys of a bucket's incomplete uploads. */
    BucketKnowledge uploads(Target target) {
        return entry(target).uploads;
    }

    private Entry entry(Target target) {
        return entries.computeIfAbsent(target.id(), id -> new Entry());
    }
}
