package dev.muster.audit.stats;

import java.util.Locale;

/** Order of a list of objects, by date or by size. */
public enum Ranking {
    NEWEST(true, false),
    OLDEST(true, true),
    LARGEST(false, false),
    SMALLEST(false, true);

    private final boolean byDate;
    private final boolean leastFirst;

    Ranking(boolean byDate, boolean leastFirst) {
        this.byDate = byDate;
        this.leastFirst = leastFirst;
    }

    /** The name in reports: {@code newest}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean byDate() {
        return byDate;
    }

    /** Rank of an object: the higher, the further ahead in the list. */
    long rank(long bytes, long lastModifiedMillis) {
        long value = byDate ? lastModifiedMillis : bytes;
        return leastFirst ? ~value : value;
    }
}
