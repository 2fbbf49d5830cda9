package dev.muster.audit.stats;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.prefix.BreakdownTally;
import dev.muster.audit.prefix.PrefixTotals;
import dev.muster.aws.s3.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tally of a bucket, or of a part of it. Tallies of disjoint parts add up, in any order and grouping, to the tally of
 * the whole. Immutable; readable by Jackson; its size does not grow with the number of objects.
 *
 * @param current objects; with versions, the current ones
 * @param newestMillis the latest modification, epoch milliseconds; {@code Long.MIN_VALUE} without objects
 * @param oldestMillis the earliest modification, epoch milliseconds; {@code Long.MAX_VALUE} without objects
 * @param sizes by {@link SizeClasses}
 * @param ages by {@link AgeClasses}
 * @param lists the first objects by each requested ranking, in list order
 * @param noncurrent versions that are not current
 * @param odd entries counted without a value that could not be read; null for none, as in older checkpoints
 * @param tables totals per prefix and per group, by the table's name; null for none, as in older checkpoints
 * @param billing what a bill needs; null or nothing where it was not asked for
 */
public record ObjectTally(
        ObjectSum current,
        long newestMillis,
        long oldestMillis,
        SortedMap<String, ObjectSum> storageClasses,
        Histogram sizes,
        Histogram ages,
        Map<Ranking, List<ObjectEntry>> lists,
        ObjectSum noncurrent,
        long deleteMarkers,
        UploadSum uploads,
        OddEntries odd,
        SortedMap<String, PrefixTotals> tables,
        BillingTally billing) {
    /** The neutral element: nothing was counted. */
    public static final ObjectTally NONE = new ObjectTally(
            ObjectSum.NONE,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            new TreeMap<>(),
            Histogram.EMPTY,
            Histogram.EMPTY,
            Map.of(),
            ObjectSum.NONE,
            0,
            UploadSum.NONE,
            OddEntries.NONE,
            new TreeMap<>(),
            BillingTally.NONE);

    public ObjectTally {
        requireNonNull(current, "current is null");
        storageClasses = copy(storageClasses);
        requireNonNull(sizes, "sizes is null");
        requireNonNull(ages, "ages is null");
        lists = Map.copyOf(lists);
        requireNonNull(noncurrent, "noncurrent is null");
        requireNonNull(uploads, "uploads is null");
        // Of a million rows most have none of these: they share one.
        noncurrent = noncurrent.equals(ObjectSum.NONE) ? ObjectSum.NONE : noncurrent;
        uploads = uploads.equals(UploadSum.NONE) ? UploadSum.NONE : uploads;
        odd = odd == null || odd.equals(OddEntries.NONE) ? OddEntries.NONE : odd;
        tables = copy(tables);
        billing = billing == null || billing.equals(BillingTally.NONE) ? BillingTally.NONE : billing;
    }

    private static <V> SortedMap<String, V> copy(SortedMap<String, V> map) {
        return map == null || map.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** A tally of nothing, with a note that an attribute of the bucket itself could not be read. */
    public static ObjectTally ofOddBucket(String problem) {
        return onlyOdd(OddEntries.of(ObjectKey.of(""), "of the bucket itself, " + problem, false));
    }

    private static ObjectTally onlyOdd(OddEntries odd) {
        return new ObjectTally(
                NONE.current,
                NONE.newestMillis,
                NONE.oldestMillis,
                NONE.storageClasses,
                NONE.sizes,
                NONE.ages,
                NONE.lists,
                NONE.noncurrent,
                NONE.deleteMarkers,
                NONE.uploads,
                odd,
                NONE.tables,
                NONE.billing);
    }

    /** The sum of both, with lists cut to a limit. */
    public ObjectTally plus(ObjectTally other, int limit) {
        return new ObjectTally(
                current.plus(other.current),
                Math.max(newestMillis, other.newestMillis),
                Math.min(oldestMillis, other.oldestMillis),
                Sums.add(storageClasses, other.storageClasses, ObjectSum::plus),
                sizes.plus(other.sizes),
                ages.plus(other.ages),
                merged(lists, other.lists, limit),
                noncurrent.plus(other.noncurrent),
                Sums.add(deleteMarkers, other.deleteMarkers),
                uploads.plus(other.uploads),
                odd.plus(other.odd),
                Sums.add(tables, other.tables, PrefixTotals::plus),
                billing.plus(other.billing));
    }

    /** The table of prefixes, if it was asked for. */
    public Optional<PrefixTotals> prefixes() {
        return Optional.ofNullable(tables.get(BreakdownTally.PREFIXES));
    }

    /** The same without totals per prefix, which mean something in one bucket only. */
    public ObjectTally withoutPrefixes() {
        SortedMap<String, PrefixTotals> others = new TreeMap<>(tables);
        others.remove(BreakdownTally.PREFIXES);
        return with(others, billing);
    }

    /** The same with delete markers that turned out to have expired. */
    public ObjectTally withExpiredMarkers(long count) {
        return with(tables, billing.plus(BillingTally.ofExpiredMarkers(count)));
    }

    private ObjectTally with(SortedMap<String, PrefixTotals> others, BillingTally bill) {
        return new ObjectTally(
                current,
                newestMillis,
                oldestMillis,
                storageClasses,
                sizes,
                ages,
                lists,
                noncurrent,
                deleteMarkers,
                uploads,
                odd,
                others,
                bill);
    }

    /** Tells whether nothing was counted; the bucket itself may still be odd. */
    public boolean countsNothing() {
        return with(NONE.tables, NONE.billing).equals(onlyOdd(odd));
    }

    /** Latest modification of an object; empty without objects. */
    public Optional<Instant> lastModified() {
        return newestMillis == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newestMillis));
    }

    private static Map<Ranking, List<ObjectEntry>> merged(
            Map<Ranking, List<ObjectEntry>> left, Map<Ranking, List<ObjectEntry>> right, int limit) {
        Map<Ranking, List<ObjectEntry>> merged = new EnumMap<>(Ranking.class);
        merged.putAll(left);
        right.forEach((ranking, list) -> merged.merge(ranking, list, (a, b) -> first(ranking, a, b, limit)));
        return merged;
    }

    private static List<ObjectEntry> first(
            Ranking ranking, List<ObjectEntry> left, List<ObjectEntry> right, int limit) {
        List<ObjectEntry> all = new ArrayList<>(left);
        all.addAll(right);
        all.sort(ObjectEntry.order(ranking));
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }
}
