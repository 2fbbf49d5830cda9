package dev.muster.audit.prefix;

import dev.muster.audit.stats.AgeClasses;
import dev.muster.audit.stats.SizeClasses;
import dev.muster.aws.s3.ListingEntry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fills the tables of a page that {@link BreakdownSettings} asks for. Not for concurrent use. */
public final class BreakdownTally {
    /** Name of the table of prefixes. */
    public static final String PREFIXES = "prefix";

    private static final String UNKNOWN = "(unknown)";

    private final int most;
    private final long asOfMillis;
    private final Optional<PrefixTally> prefixes;
    private final Map<GroupKind, GroupTally> groups = new EnumMap<>(GroupKind.class);

    /**
     * Empty tables.
     *
     * @param asOfMillis the instant that ages are relative to, epoch milliseconds
     */
    public BreakdownTally(BreakdownSettings settings, long asOfMillis) {
        this.most = settings.most();
        this.asOfMillis = asOfMillis;
        this.prefixes = settings.depth() < 0 ? Optional.empty() : Optional.of(new PrefixTally(settings));
        settings.groupings().forEach(grouping -> groups.put(grouping, new GroupTally()));
    }

    /** The name of a table. */
    public static String name(GroupKind grouping) {
        return grouping.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Counts an object, or a current version.
     *
     * @param size in bytes, or {@link ListingEntry#UNKNOWN_SIZE}
     * @param dateMillis epoch milliseconds, or {@link ListingEntry#UNKNOWN_DATE}
     */
    public void object(
            byte[] key, int offset, int length, long size, long dateMillis, String storageClass, String owner) {
        if (prefixes.isPresent()) {
            prefixes.get().of(key, offset, length).object(size, dateMillis, storageClass);
        }
        groups.forEach((grouping, tally) -> {
            PrefixSum sum =
                    switch (grouping) {
                        case EXTENSION -> tally.ofExtension(key, offset, length);
                        case OWNER -> tally.of(owner);
                        case AGE ->
                            tally.of(
                                    dateMillis == ListingEntry.UNKNOWN_DATE
                                            ? UNKNOWN
                                            : AgeClasses.label(AgeClasses.of(asOfMillis - dateMillis)));
                        case SIZE ->
                            tally.of(
                                    size == ListingEntry.UNKNOWN_SIZE
                                            ? UNKNOWN
                                            : SizeClasses.label(SizeClasses.of(size)));
                    };
            sum.object(size, dateMillis, storageClass);
        });
    }

    public void noncurrentVersion(byte[] key, int length, long size) {
        prefixes.ifPresent(tally -> tally.of(key, 0, length).noncurrentVersion(size));
    }

    public void deleteMarker(byte[] key, int length) {
        prefixes.ifPresent(tally -> tally.of(key, 0, length).deleteMarker());
    }

    public void upload(byte[] key) {
        prefixes.ifPresent(tally -> tally.of(key, 0, key.length).upload());
    }

    public void uploadedParts(byte[] key, long size) {
        prefixes.ifPresent(tally -> tally.of(key, 0, key.length).uploadedParts(size));
    }

    /** The tables so far. */
    public SortedMap<String, PrefixTotals> tables() {
        SortedMap<String, PrefixTotals> tables = new TreeMap<>();
        prefixes.ifPresent(tally -> tables.put(PREFIXES, tally.totals()));
        groups.forEach((grouping, tally) -> tables.put(name(grouping), tally.totals(most)));
        return tables;
    }
}
