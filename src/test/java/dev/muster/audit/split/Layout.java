package dev.muster.audit.split;

import java.util.function.LongFunction;

/**
 * A bucket that is computed, not stored: {@code keyAt} is strictly increasing in byte order over {@code 0 <= index < size}.
 */
record Layout(String name, long size, LongFunction<String> keyAt) {

    /** The index of the first key after the given one; {@code size} if there is none. */
    long indexAfter(String key) {
        long low = 0;
        long high = size;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (Keys.compare(keyAt.apply(middle), key) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
