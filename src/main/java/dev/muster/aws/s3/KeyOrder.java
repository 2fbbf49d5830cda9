package dev.muster.aws.s3;

import java.util.Arrays;

/** Holds each key against the one before it, in unsigned byte order (invariant 8). */
final class KeyOrder {
    private final boolean repeatable;
    private boolean mayRepeat;
    private byte[] last = new byte[1024];
    private int lastLength = -1;

    /** An order in which keys may come several times in a row, or must not. */
    KeyOrder(boolean repeatable) {
        this.repeatable = repeatable;
    }

    /**
     * Begins after a key.
     *
     * @param again whether that key itself may come
     */
    void startAfter(ObjectKey key, boolean again) {
        mayRepeat = again;
        last = key.bytes();
        lastLength = last.length;
    }

    void require(ListingEntry entry) {
        if (lastLength < 0) {
            return;
        }
        int order = Arrays.compareUnsigned(entry.key, 0, entry.keyLength, last, 0, lastLength);
        if (order < 0 || (order == 0 && !mayRepeat)) {
            throw new KeyOrderException(last(), ObjectKey.copyOf(entry.key, 0, entry.keyLength));
        }
    }

    /** Makes the entry's key the last one. Takes over its bytes and gives the entry others to fill. */
    void take(ListingEntry entry) {
        byte[] spare = last;
        last = entry.key;
        lastLength = entry.keyLength;
        mayRepeat = repeatable;
        entry.key = spare;
    }

    ObjectKey last() {
        return ObjectKey.copyOf(last, 0, lastLength);
    }
}
