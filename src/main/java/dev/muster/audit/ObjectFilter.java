package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks objects by size, age, storage class and key; all that is asked for must hold. Listings cannot be asked so: every
 * page is requested all the same, and what does not match is passed over.
 *
 * @param minSize the least size in bytes
 * @param maxSize the greatest size in bytes
 * @param olderThan last modified before this
 * @param newerThan last modified at this time or later
 * @param storageClasses one of these, in any case; empty for all
 * @param keyInclude globs of which one must match; empty for all keys
 * @param keyExclude globs of which none may match; they win
 */
public record ObjectFilter(
        long minSize,
        long maxSize,
        Optional<TimeLimit> olderThan,
        Optional<TimeLimit> newerThan,
        List<String> storageClasses,
        List<String> keyInclude,
        List<String> keyExclude) {
    /** Passes every object. */
    public static final ObjectFilter NONE =
            new ObjectFilter(0, Long.MAX_VALUE, Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

    /**
     * A point in time, or an age at the start of the run.
     *
     * @param text the limit as it was given
     * @param age from the start of the run back to the point; null for a date
     * @param date null for an age
     */
    public record TimeLimit(String text, Duration age, Instant date) {
        public TimeLimit {
            requireNonNull(text, "text is null");
            if ((age == null) == (date == null)) {
                throw new IllegalArgumentException("a limit is either an age or a date");
            }
        }

        /** In epoch milliseconds, given the start of the run. */
        public long at(long asOfMillis) {
            return date == null ? asOfMillis - age.toMillis() : date.toEpochMilli();
        }
    }

    public ObjectFilter {
        requireNonNull(olderThan, "olderThan is null");
        requireNonNull(newerThan, "newerThan is null");
        storageClasses = List.copyOf(storageClasses);
        keyInclude = List.copyOf(keyInclude);
        keyExclude = List.copyOf(keyExclude);
    }

    /** Tells whether it asks for a size or a storage class, which delete markers and incomplete uploads have not. */
    public boolean ofContent() {
        return minSize > 0 || maxSize < Long.MAX_VALUE || !storageClasses.isEmpty();
    }

    /**
     * The filter of a run; empty if it passes everything.
     *
     * @param asOfMillis the start of the run, the first one where it was resumed, in epoch milliseconds
     */
    public Optional<EntryFilter> at(long asOfMillis) {
        return equals(NONE) ? Optional.empty() : Optional.of(new EntryFilter(this, asOfMillis));
    }

    /** What it asks for, by the names of the options; empty if it passes everything. */
    public Map<String, String> terms() {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("min-size", minSize > 0 ? Long.toString(minSize) : "");
        terms.put("max-size", maxSize < Long.MAX_VALUE ? Long.toString(maxSize) : "");
        terms.put("older-than", olderThan.map(TimeLimit::text).orElse(""));
        terms.put("newer-than", newerThan.map(TimeLimit::text).orElse(""));
        terms.put("storage-class", String.join(",", storageClasses));
        terms.put("key-include", String.join(",", keyInclude));
        terms.put("key-exclude", String.join(",", keyExclude));
        terms.values().removeIf(String::isEmpty);
        return terms;
    }
}
