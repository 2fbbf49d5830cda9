package dev.muster.inventory.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.ObjectKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Encodes rows in key order into a block of bytes, some 35 for an object: a key as the number of bytes that it shares with
 * the one before and the rest (front coding), numbers with seven bits a byte, a date as the difference to the one before, an
 * MD5 digest as its 16 bytes, and names that repeat as their number in a list. {@link SegmentReader} reads it.
 */
final class RowEncoder {
    /** Changes whenever an older segment could be misread. */
    static final byte VERSION = 1;

    static final int MARKER = 1;
    static final int LATEST = 2;
    static final int SIZED = 4;
    static final int DATED = 8;
    static final int VERSIONED = 16;
    /** A checksum algorithm and an owner follow. */
    static final int DETAILED = 32;
    /** Two bits for what kind of tag follows. */
    static final int TAG_SHIFT = 6;

    static final int NO_TAG = 0;
    static final int DIGEST = 1;
    /** A digest and the number of an upload's parts. */
    static final int DIGEST_OF_PARTS = 2;

    static final int OTHER_TAG = 3;

    private static final int DIGEST_DIGITS = 32;
    /** Values of hexadecimal digits; negative for other bytes. */
    private static final byte[] DIGITS = new byte[256];

    static {
        Arrays.fill(DIGITS, (byte) -1);
        for (int value = 0; value < 16; value++) {
            DIGITS[Character.forDigit(value, 16)] = (byte) value;
        }
    }

    private final List<String> words = new ArrayList<>();
    private final byte[] digest = new byte[DIGEST_DIGITS / 2];
    private byte[] bytes = new byte[64 * 1024];
    private int length;
    private byte[] lastKey = new byte[1024];
    private int lastKeyLength;
    private long lastDate;
    private int rows;

    void add(StoredRow row) {
        int tag = tagKind(row);
        boolean sized = row.size != ListingEntry.UNKNOWN_SIZE;
        boolean dated = row.dateMillis != ListingEntry.UNKNOWN_DATE;
        boolean detailed = !row.checksumAlgorithm.isEmpty() || !row.owner.isEmpty();
        ensure(row.keyLength + row.tagLength + 64);
        bytes[length++] = (byte) ((row.marker ? MARKER : 0)
                | (row.latest ? LATEST : 0)
                | (sized ? SIZED : 0)
                | (dated ? DATED : 0)
                | (row.versionId.isEmpty() ? 0 : VERSIONED)
                | (detailed ? DETAILED : 0)
                | tag << TAG_SHIFT);
        key(row);
        if (sized) {
            number(row.size);
        }
        if (dated) {
            long step = row.dateMillis - lastDate;
            number(step << 1 ^ step >> 63);
            lastDate = row.dateMillis;
        }
        tag(row, tag);
        word(row.storageClass);
        if (!row.versionId.isEmpty()) {
            text(row.versionId);
        }
        if (detailed) {
            word(row.checksumAlgorithm);
            word(row.owner);
        }
        rows++;
    }

    private void key(StoredRow row) {
        int mismatch = Arrays.mismatch(row.key, 0, row.keyLength, lastKey, 0, lastKeyLength);
        int shared = mismatch < 0 ? row.keyLength : mismatch;
        int rest = row.keyLength - shared;
        number(shared);
        number(rest);
        System.arraycopy(row.key, shared, bytes, length, rest);
        length += rest;
        if (lastKey.length < row.keyLength) {
            lastKey = new byte[2 * row.keyLength];
        }
        System.arraycopy(row.key, shared, lastKey, shared, rest);
        lastKeyLength = row.keyLength;
    }

    /**
     * Kind of a tag; what may be a digest is decoded in passing. Tags other than digests in small letters, and numbers of parts as
     * S3 does not write them, are kept as they are.
     */
    private int tagKind(StoredRow row) {
        if (row.tagLength == 0) {
            return NO_TAG;
        } else if (row.tagLength < DIGEST_DIGITS) {
            return OTHER_TAG;
        }
        int wrong = 0;
        for (int i = 0, at = row.tagStart; i < digest.length; i++, at += 2) {
            int value = DIGITS[row.tag[at] & 0xff] << 4 | DIGITS[row.tag[at + 1] & 0xff];
            digest[i] = (byte) value;
            wrong |= value;
        }
        if (wrong < 0) {
            return OTHER_TAG;
        }
        return row.tagLength == DIGEST_DIGITS ? DIGEST : parts(row) > 0 ? DIGEST_OF_PARTS : OTHER_TAG;
    }

    /** The number of parts that a tag ends in; 0 for none. */
    private static int parts(StoredRow row) {
        int at = row.tagStart + DIGEST_DIGITS;
        int digits = row.tagLength - DIGEST_DIGITS - 1;
        if (row.tag[at] != '-' || digits < 1 || digits > 6 || row.tag[at + 1] == '0') {
            return 0;
        }
        int number = 0;
        for (int i = 1; i <= digits; i++) {
            int digit = row.tag[at + i] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private void tag(StoredRow row, int kind) {
        if (kind == OTHER_TAG) {
            number(row.tagLength);
            System.arraycopy(row.tag, row.tagStart, bytes, length, row.tagLength);
            length += row.tagLength;
        } else if (kind != NO_TAG) {
            System.arraycopy(digest, 0, bytes, length, digest.length);
            length += digest.length;
            if (kind == DIGEST_OF_PARTS) {
                number(parts(row));
            }
        }
    }

    private void word(String word) {
        int index = 0;
        while (index < words.size() && !words.get(index).equals(word)) {
            index++;
        }
        ensure(16);
        number(index);
        if (index == words.size()) {
            words.add(word);
            text(word);
        }
    }

    private void text(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        ensure(encoded.length + 16);
        number(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    int rows() {
        return rows;
    }

    /** Tells whether a key lies before the last one. */
    boolean precedesLast(StoredRow row) {
        return rows > 0 && row.compareKey(lastKey, lastKeyLength) < 0;
    }

    ObjectKey lastKey() {
        return ObjectKey.copyOf(lastKey, 0, lastKeyLength);
    }

    /** The block: its version, the number of rows, its length and checksum, and the rows. */
    byte[] block() {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return ByteBuffer.allocate(SegmentReader.HEAD_BYTES + length)
                .put(VERSION)
                .putInt(rows)
                .putInt(length)
                .putInt((int) sum.getValue())
                .put(bytes, 0, length)
                .array();
    }
}
