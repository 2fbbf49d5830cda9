package dev.muster.audit.stats;

import java.time.Duration;

/** Classes of object ages: from one bound up to below the next, in days; a year counts as 365 days. */
public final class AgeClasses {
    private static final int[] BOUNDS_DAYS = {0, 1, 7, 30, 90, 180, 365, 730, 1825};
    private static final long[] BOUNDS_MILLIS = new long[BOUNDS_DAYS.length];

    static {
        for (int i = 0; i < BOUNDS_DAYS.length; i++) {
            BOUNDS_MILLIS[i] = Duration.ofDays(BOUNDS_DAYS[i]).toMillis();
        }
    }

    public static final int COUNT = BOUNDS_DAYS.length;

    private AgeClasses() {}

    /** The class of an age. A negative age, due to differing clocks, belongs to the youngest class. */
    public static int of(long ageMillis) {
        int index = 0;
        while (index < COUNT - 1 && ageMillis >= BOUNDS_MILLIS[index + 1]) {
            index++;
        }
        return index;
    }

    /** Label of the class by its upper bound: {@code <7d}. */
    public static String label(int index) {
        return index == COUNT - 1 ? ">=" + words(BOUNDS_DAYS[index]) : "<" + words(BOUNDS_DAYS[index + 1]);
    }

    private static String words(int days) {
        return days % 365 == 0 ? days / 365 + "y" : days + "d";
    }

    /** The least age of a class, in days. */
    public static int leastDays(int index) {
        return BOUNDS_DAYS[index];
    }
}
