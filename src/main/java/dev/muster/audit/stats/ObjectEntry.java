package dev.muster.audit.stats;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ObjectKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An object in a list of the newest, oldest, largest or smallest.
 *
 * @param bytes {@link ListingEntry#UNKNOWN_SIZE} if it is unknown
 * @param lastModifiedMillis {@link ListingEntry#UNKNOWN_DATE} if it is unknown
 */
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

    /** The size in bytes, if it is known. */
    public OptionalLong size() {
        return bytes == ListingEntry.UNKNOWN_SIZE ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /** Last modification of the object, if it is known. */
    public Optional<Instant> lastModified() {
        return lastModifiedMillis == ListingEntry.UNKNOWN_DATE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(lastModifiedMillis));
    }

    long rank(Ranking ranking) {
        return ranking.rank(bytes, lastModifiedMillis);
    }
}
