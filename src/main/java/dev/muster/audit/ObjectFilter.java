package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Selects objects by size, age, storage class and key; all conditions must hold. S3 cannot filter listings: every page
 * is requested, and entries that do not match are skipped.
 *
 * @param minSize the least size in bytes
 * @param maxSize the greatest size in bytes
 * @param olderThan last modified before this
 * @param newerThan last modified at this time or later
 * @param storageClasses one of these, in any case; empty for all
 * @param keyInclude globs of which one must match; empty for all keys
 * @param keyExclude globs of which none may match; they take precedence
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

        /** The point in time in epoch milliseconds, given the start of the run. */
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

    /** Tells whether it has a condition on size or storage class, which delete markers and incomplete uploads lack. */
    public boolean ofContent() {
        return minSize > 0 || maxSize < Long.MAX_VALUE || !storageClasses.isEmpty();
    }

    /**
     * The filter of a run; empty if it passes everything.
     *
     * @param asOfMillis the first start of the run, in epoch milliseconds
     */
    public Optional<EntryFilter> at(long asOfMillis) {
        return equals(NONE) ? Optional.empty() : Optional.of(new EntryFilter(this, asOfMillis));
    }

    /** Its conditions by the names of the options; empty if it passes everything. */
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
