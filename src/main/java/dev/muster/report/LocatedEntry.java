package dev.muster.report;

import dev.muster.audit.BucketId;
import dev.muster.audit.stats.ObjectEntry;
import dev.muster.audit.stats.Ranking;
import java.util.Comparator;

/** An object in a list that spans buckets. */
public record LocatedEntry(BucketId bucket, ObjectEntry object) {
    /** The order of such a list: as within a bucket, then by bucket. */
    static Comparator<LocatedEntry> order(Ranking ranking) {
        return Comparator.comparing(LocatedEntry::object, ObjectEntry.order(ranking))
                .thenComparing(entry -> entry.bucket().bucket())
                .thenComparing(LocatedEntry::bucket);
    }
}
