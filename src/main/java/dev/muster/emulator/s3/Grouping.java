package dev.muster.emulator.s3;

import dev.muster.emulator.s3.ListOperations.ListParameters;
import java.util.Arrays;

/** Grouping of keys under a prefix into common prefixes. */
final class Grouping {
    private final byte[] prefix;
    private final byte[] delimiter;

    Grouping(ListParameters terms) {
        prefix = Parameters.utf8(terms.prefix());
        delimiter = Parameters.utf8(terms.delimiter());
    }

    boolean contains(byte[] key, int length) {
        return length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The length of the common prefix that a key of the prefix belongs to, or -1. */
    int commonPrefix(byte[] key, int length) {
        if (delimiter.length == 0) {
            return -1;
        }
        for (int at = prefix.length; at <= length - delimiter.length; at++) {
            if (key[at] == delimiter[0]
                    && Arrays.equals(key, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return at + delimiter.length;
            }
        }
        return -1;
    }

    /**
     * Cursor at the beginning of a listing.
     *
     * @param inclusive whether a key equal to the bound belongs to the listing
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and read at once
    record Start(byte[] bound, boolean inclusive) {}

    /**
     * Start after a marker. A common prefix that contains or equals the marker has been listed already, so the listing
     * begins after it.
     */
    Start after(byte[] marker) {
        if (Arrays.compareUnsigned(marker, prefix) < 0) {
            return new Start(prefix, true);
        }
        int group = contains(marker, marker.length) ? commonPrefix(marker, marker.length) : -1;
        return group < 0 ? new Start(marker, false) : new Start(Parameters.beyond(Arrays.copyOf(marker, group)), true);
    }
}
