package dev.muster.audit;

import dev.muster.audit.range.BucketKnowledge;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a plan remembers of the buckets under way: how many tasks each still has, and what was learned of its keys.
 * Forgotten with a bucket's last task, and rebuilt from the outstanding tasks after a resume.
 */
final class BucketBook {
    private static final class Entry {
        private int tasks;
        private BucketKnowledge knowledge;
    }

    private final Map<BucketId, Entry> entries = new HashMap<>();

    void opened(Target target) {
        entries.computeIfAbsent(target.id(), id -> new Entry()).tasks++;
    }

    /** Notes a task's end, to be called after its follow-ups were opened; true if it was the bucket's last one. */
    boolean closed(Target target) {
        Entry entry = entries.get(target.id());
        if (--entry.tasks > 0) {
            return false;
        }
        entries.remove(target.id());
        return true;
    }

    BucketKnowledge knowledge(Target target, Supplier<BucketKnowledge> fresh) {
        Entry entry = entries.get(target.id());
        if (entry.knowledge == null) {
            entry.knowledge = fresh.get();
        }
        return entry.knowledge;
    }
}
