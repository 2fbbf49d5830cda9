package dev.muster.audit.stats;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.ObjectKey;
import java.util.Comparator;

/** An object in a list of the newest, oldest, largest or smallest. */
public record ObjectEntry(ObjectKey key, long bytes, long lastModifiedMillis) {
    public ObjectEntry {
        requireNonNull(key, "key is null");
    }

    /** The order of a bucket's list. It is total, so that a list does not depend on the order of arrival. */
    public static Comparator<ObjectEntry> order(Ranking ranking) {
        return Comparator.<ObjectEntry>comparingLong(entry -> entry.rank(ranking))
                .reversed()
                .thenComparing(ObjectEntry::key)
                .thenComparingLong(ObjectEntry::bytes)
                .thenComparingLong(ObjectEntry::lastModifiedMillis);
    }

    long rank(Ranking ranking) {
        return ranking.rank(bytes, lastModifiedMillis);
    }
}
