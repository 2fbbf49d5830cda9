package dev.muster.emulator.keys;

import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Totals that a correct audit of a generated bucket must find, computed from the generator alone, without a listing.
 *
 * @param objects number of objects
 * @param bytes the sum of their sizes
 * @param oldestSecond the smallest modification time, in seconds since 1970; {@link Long#MAX_VALUE} if there are no
 *     objects
 * @param newestSecond the greatest modification time; {@link Long#MIN_VALUE} if there are no objects
 * @param largest the greatest size in bytes, 0 if there are no objects
 * @param objectsByClass only the storage classes that occur
 * @param bytesByClass only the storage classes that occur
 */
public record Totals(
        long objects,
        long bytes,
        long oldestSecond,
        long newestSecond,
        long largest,
        Map<StorageClass, Long> objectsByClass,
        Map<StorageClass, Long> bytesByClass) {
    public Totals {
        objectsByClass = Map.copyOf(objectsByClass);
        bytesByClass = Map.copyOf(bytesByClass);
    }

    /** Sums over every index of a generator. */
    public static Totals of(KeyGenerator keys) {
        long bytes = 0;
        long oldest = Long.MAX_VALUE;
        long newest = Long.MIN_VALUE;
        long largest = 0;
        Map<StorageClass, Long> objectsByClass = new EnumMap<>(StorageClass.class);
        Map<StorageClass, Long> bytesByClass = new EnumMap<>(StorageClass.class);
        for (long i = 0; i < keys.size(); i++) {
            long size = keys.bytes(i);
            bytes += size;
            largest = Math.max(largest, size);
            oldest = Math.min(oldest, keys.modifiedSecond(i));
            newest = Math.max(newest, keys.modifiedSecond(i));
            objectsByClass.merge(keys.storageClass(i), 1L, Long::sum);
            bytesByClass.merge(keys.storageClass(i), size, Long::sum);
        }
        return new Totals(
                keys.size(),
                bytes,
                oldest,
                newest,
                largest,
                Collections.unmodifiableMap(objectsByClass),
                Collections.unmodifiableMap(bytesByClass));
    }
}
