package dev.muster.emulator.keys;

import java.util.Arrays;

/**
 * The contents of a bucket as a function of an object's index. Implementations hold no state that changes, so any number
 * of threads may ask at once.
 */
public interface KeyGenerator {
    /** The longest key that S3 accepts, in bytes. */
    int MAX_KEY_BYTES = 1024;

    /** Number of objects. */
    long size();

    /**
     * Writes a key as UTF-8. Keys ascend strictly with the index, compared as unsigned bytes.
     *
     * @param index from 0 to {@link #size()} - 1
     * @param target takes the key from its position 0; at least {@link #MAX_KEY_BYTES} long
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
}
