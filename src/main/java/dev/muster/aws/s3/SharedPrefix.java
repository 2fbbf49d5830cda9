package dev.muster.aws.s3;

import java.util.Arrays;

/**
 * The beginning that a key shares with the one before it, as both stand in the page. Neighbours in a bucket share most of
 * their names, and what was looked at in the one need not be looked at again in the other.
 */
final class SharedPrefix {
    /** Less is looked at as fast as it is compared. */
    private static final int WORTH = 64;

    private byte[] last = new byte[1024];
    private int length;

    /** How many of the bytes from the index on, and before the end, are those of the key before. */
    int of(byte[] bytes, int from, int end) {
        if (length < WORTH) {
            return 0;
        }
        int most = Math.min(length, end - from);
        int parting = Arrays.mismatch(bytes, from, from + most, last, 0, most);
        return parting < 0 ? most : parting;
    }

    /** Takes the key that the next one is held against; none if it is empty. */
    void keep(byte[] bytes, int from, int newLength) {
        if (newLength >= WORTH) {
            if (newLength > last.length) {
                last = new byte[2 * newLength];
            }
            System.arraycopy(bytes, from, last, 0, newLength);
        }
        length = newLength;
    }
}
