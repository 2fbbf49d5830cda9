package dev.muster.report.saved;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Row of a report: a bucket, an account or the total. A number is null if it is unknown or was not requested.
 *
 * @param bucket name of the bucket; null for an account and for the total
 * @param accountId null for the total, and if the account is unknown
 * @param buckets number of buckets; null for a bucket
 * @param costPerMonth null if it is unknown or was not asked for
 * @param costGap what has no price and is missing in the cost, in words; null if nothing is
 * @param status {@code ok}, or why the numbers are missing or too low
 * @param error the reason in words; null if there is none
 * @param oldestObjects first objects by date, called {@code oldest} in the JSON; the other lists likewise
 */
public record SavedRow(
        String bucket,
        String accountId,
        String region,
        Instant creationDate,
        Long buckets,
        Instant lastModified,
        Long objects,
        Long bytes,
        Long noncurrentVersions,
        Long noncurrentBytes,
        Long deleteMarkers,
        Long uploads,
        Long uploadBytes,
        Instant oldestUpload,
        BigDecimal costPerMonth,
        String costGap,
        String status,
        String error,
        Long oddEntries,
        @JsonProperty("newest") List<TopEntry> newestObjects,
        @JsonProperty("oldest") List<TopEntry> oldestObjects,
        @JsonProperty("largest") List<TopEntry> largestObjects,
        @JsonProperty("smallest") List<TopEntry> smallestObjects,
        SortedMap<String, ClassSum> storageClasses,
        List<SizeBin> sizeHistogram,
        List<AgeBin> ageHistogram,
        List<SavedPrefix> prefixes) {

    /** An object in a list. The bucket is null in a bucket's own list. */
    public record TopEntry(String bucket, String key, Long bytes, Instant lastModified) {}

    /** Objects of a storage class. */
    public record ClassSum(long objects, long bytes) {}

    /** Objects of a range of sizes, whose end is exclusive, or null if it is open. */
    public record SizeBin(long fromBytes, Long belowBytes, long objects) {}

    /** Objects of a range of ages, whose end is exclusive, or null if it is open. */
    public record AgeBin(int fromDays, Integer belowDays, long objects) {}

    /**
     * Totals of a prefix, or of a part of it.
     *
     * @param kind {@code prefix}; {@code direct} for objects directly in it, {@code other} for prefixes that are not named
     * @param level 0 for all that was counted
     * @param newest latest modification of an object; null if it is not known
     */
    public record SavedPrefix(String kind, int level, String prefix, long objects, long bytes, Instant newest) {
        /** Tells whether the totals are of everything that begins with the prefix. */
        public boolean named() {
            return kind.equals("prefix");
        }
    }

    public SavedRow {
        newestObjects = List.copyOf(requireNonNullElse(newestObjects, List.of()));
        oldestObjects = List.copyOf(requireNonNullElse(oldestObjects, List.of()));
        largestObjects = List.copyOf(requireNonNullElse(largestObjects, List.of()));
        smallestObjects = List.copyOf(requireNonNullElse(smallestObjects, List.of()));
        storageClasses = Collections.unmodifiableSortedMap(
                new TreeMap<>(requireNonNullElse(storageClasses, Map.<String, ClassSum>of())));
        sizeHistogram = List.copyOf(requireNonNullElse(sizeHistogram, List.of()));
        ageHistogram = List.copyOf(requireNonNullElse(ageHistogram, List.of()));
        prefixes = List.copyOf(requireNonNullElse(prefixes, List.of()));
    }

    /** Tells whether every number of the row is exact. */
    public boolean complete() {
        return error == null;
    }

    /** Tells whether anything was counted. */
    public boolean counted() {
        return bytes != null && objects != null;
    }
}
