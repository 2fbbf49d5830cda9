package dev.muster.emulator.keys;

/** Plausible sizes, dates, storage classes and ETags, each a pure function of an object's index. */
public final class ObjectFacts {
    private static final long FIRST_SECOND = 1_546_300_800L; // 2019-01-01
    private static final long SECONDS = 7L * 365 * 86_400;
    private static final StorageClass[] CLASSES = StorageClass.values();

    private ObjectFacts() {}

    /** From 0 to 64 MiB, small objects being the most frequent; about one in a hundred is empty. */
    public static long bytes(long index) {
        long random = mix(index);
        if ((random >>> 1) % 101 == 0) {
            return 0;
        }
        return (random >>> 38) >>> (random & 15);
    }

    /** Between 2019 and 2025, in no order. */
    public static long modifiedSecond(long index) {
        return FIRST_SECOND + (mix(index ^ 0x5851f42d4c957f2dL) >>> 1) % SECONDS;
    }

    /** Three quarters are STANDARD, the rest spread over the others. */
    public static StorageClass storageClass(long index) {
        int random = (int) (mix(index ^ 0x14057b7ef767814fL) >>> 58);
        return random < 48 ? StorageClass.STANDARD : CLASSES[1 + random % (CLASSES.length - 1)];
    }

    /** Spreads an index over all 64 bits: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    public static long mix(long index) {
        long z = (index + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
