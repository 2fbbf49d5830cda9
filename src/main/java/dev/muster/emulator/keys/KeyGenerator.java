package dev.muster.emulator.keys;

import java.util.Arrays;

/** Contents of a bucket as a function of an object's index. Implementations are immutable, and so thread-safe. */
public interface KeyGenerator {
    /** The longest key that S3 accepts, in bytes. */
    int MAX_KEY_BYTES = 1024;

    /** Number of objects. */
    long size();

    /**
     * Writes a key as UTF-8. Keys ascend strictly with the index, compared as unsigned bytes.
     *
     * @param index from 0 to {@link #size()} - 1
     * @param target receives the key from position 0; at least {@link #MAX_KEY_BYTES} long
     * @return the length of the key in bytes
     */
    int writeKey(long index, byte[] target);

    /** The key of one object, in an array of its own. */
    default byte[] key(long index) {
        byte[] buffer = new byte[MAX_KEY_BYTES];
        return Arrays.copyOf(buffer, writeKey(index, buffer));
    }

    /** The size of an object in bytes. */
    default long bytes(long index) {
        return ObjectFacts.bytes(index);
    }

    /** Time at which an object was last modified, in whole seconds since 1970 UTC. */
    default long modifiedSecond(long index) {
        return ObjectFacts.modifiedSecond(index);
    }

    /** The storage class of an object. */
    default StorageClass storageClass(long index) {
        return ObjectFacts.storageClass(index);
    }

    /**
     * The index of the first key beyond a bound, {@link #size()} if there is none.
     *
     * @param inclusive whether a key equal to the bound is beyond it
     */
    default long seek(byte[] bound, int length, boolean inclusive) {
        byte[] buffer = new byte[MAX_KEY_BYTES];
        long low = 0;
        long high = size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(buffer, 0, writeKey(middle, buffer), bound, 0, length);
            if (order > 0 || (inclusive && order == 0)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Plausible sizes, dates, storage classes and ETags, each a pure function of an object's index. */
    final class ObjectFacts {
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

    /** Storage class of an object; the names are those of the S3 API. */
    enum StorageClass {
        STANDARD,
        STANDARD_IA,
        INTELLIGENT_TIERING,
        GLACIER_IR,
        GLACIER,
        DEEP_ARCHIVE
    }
}
