package dev.muster.audit.stats;

/** Classes of object sizes: class 0 holds empty objects, class n those of 2^(n-1) up to below 2^n bytes. */
public final class SizeClasses {
    public static final int COUNT = Long.SIZE;

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

    private SizeClasses() {}

    /** The class of a size that is not negative. */
    public static int of(long bytes) {
        return Long.SIZE - Long.numberOfLeadingZeros(bytes);
    }

    /** The smallest size of a class. */
    public static long least(int index) {
        return index == 0 ? 0 : 1L << (index - 1);
    }

    /** Label of the class by its upper bound: {@code <2 KB}. */
    public static String label(int index) {
        return index == 0 ? "0 B" : "<" + (1 << index % 10) + " " + UNITS[index / 10];
    }
}
