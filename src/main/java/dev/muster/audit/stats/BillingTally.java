package dev.muster.audit.stats;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums that a bill and findings about it need beyond those of {@link ObjectTally}. Exact: nothing can be had from
 * averages where objects have a least size. Adds up as tallies do. Immutable; readable by Jackson.
 *
 * @param current objects by storage class; with versions, the current ones
 * @param noncurrent versions that are not current, by storage class
 * @param standardObjects number of objects of STANDARD that are not small, by {@link AgeClasses}
 * @param standardBytes their bytes, by the same classes
 * @param staleUploads uploads that were started at least {@link #STALE_DAYS} days before, and the bytes of their parts
 * @param expiredMarkers delete markers of keys without any other version. A marker is not among them where its page
 *     does not show what follows its key
 */
public record BillingTally(
        SortedMap<String, ClassUsage> current,
        SortedMap<String, ClassUsage> noncurrent,
        Histogram standardObjects,
        Histogram standardBytes,
        ObjectSum staleUploads,
        long expiredMarkers) {
    /** Age in days from which an incomplete upload counts as stale. */
    public static final int STALE_DAYS = 7;

    public static final BillingTally NONE =
            new BillingTally(new TreeMap<>(), new TreeMap<>(), Histogram.EMPTY, Histogram.EMPTY, ObjectSum.NONE, 0);

    public BillingTally {
        current = Collections.unmodifiableSortedMap(new TreeMap<>(current));
        noncurrent = Collections.unmodifiableSortedMap(new TreeMap<>(noncurrent));
        requireNonNull(standardObjects, "standardObjects is null");
        requireNonNull(standardBytes, "standardBytes is null");
        requireNonNull(staleUploads, "staleUploads is null");
    }

    /** Delete markers that expired, and nothing else. */
    static BillingTally ofExpiredMarkers(long count) {
        return new BillingTally(
                NONE.current, NONE.noncurrent, NONE.standardObjects, NONE.standardBytes, NONE.staleUploads, count);
    }

    public BillingTally plus(BillingTally other) {
        if (equals(NONE) || other.equals(NONE)) {
            return equals(NONE) ? other : this;
        }
        return new BillingTally(
                Sums.add(current, other.current, ClassUsage::plus),
                Sums.add(noncurrent, other.noncurrent, ClassUsage::plus),
                standardObjects.plus(other.standardObjects),
                standardBytes.plus(other.standardBytes),
                staleUploads.plus(other.staleUploads),
                Sums.add(expiredMarkers, other.expiredMarkers));
    }
}
