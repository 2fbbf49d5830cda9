package dev.muster.audit.stats;

import java.util.Locale;

/** Order of a list: its objects come first by date or by size. */
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

    /** A number that is higher, the further ahead in the list an object belongs. */
    long rank(long bytes, long lastModifiedMillis) {
        long value = byDate ? lastModifiedMillis : bytes;
        return leastFirst ? ~value : value;
    }
}
