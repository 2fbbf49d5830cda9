package dev.muster.audit.stats;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums by storage class while a page is read. There are a dozen classes, and neighbouring objects mostly share one. */
final class StorageClassTally {
    private String[] names = new String[4];
    private long[] objects = new long[4];
    private long[] bytes = new long[4];
    private long[] small = new long[4];
    private long[] smallBytes = new long[4];
    private int size;
    private int last = -1;

    /** @param size in bytes; negative if it is unknown, which adds nothing */
    void add(String name, long size) {
        if (last < 0 || !names[last].equals(name)) {
            last = find(name);
        }
        objects[last]++;
        if (size >= 0) {
            bytes[last] = Sums.add(bytes[last], size);
            if (size < ClassUsage.SMALL) {
                small[last]++;
                smallBytes[last] += size;
            }
        }
    }

    SortedMap<String, ObjectSum> sums() {
        SortedMap<String, ObjectSum> sums = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            sums.put(names[i], new ObjectSum(objects[i], bytes[i]));
        }
        return sums;
    }

    SortedMap<String, ClassUsage> usage() {
        SortedMap<String, ClassUsage> usage = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            usage.put(names[i], new ClassUsage(objects[i], bytes[i], small[i], smallBytes[i]));
        }
        return usage;
    }

    private int find(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            objects = Arrays.copyOf(objects, 2 * size);
            bytes = Arrays.copyOf(bytes, 2 * size);
            small = Arrays.copyOf(small, 2 * size);
            smallBytes = Arrays.copyOf(smallBytes, 2 * size);
        }
        names[size] = name;
        return size++;
    }
}
