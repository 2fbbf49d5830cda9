package dev.muster.inventory.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ListingEntry;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** Reads the rows of a segment, block by block. */
final class SegmentReader {
    static final int HEAD_BYTES = 13;

    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

    private final byte[] content;
    private final StoredRow row = new StoredRow();
    private final List<String> words = new ArrayList<>();
    private byte[] key = new byte[1024];
    private byte[] tag = new byte[64];
    private long lastDate;
    private int at;
    private int left;

    SegmentReader(byte[] content) {
        this.content = content;
    }

    /**
     * The next row, valid until the one after it is asked for; null behind the last.
     *
     * @throws IOException if this is no segment, or a damaged one
     */
    StoredRow next() throws IOException {
        try {
            while (left == 0) {
                if (at == content.length) {
                    return null;
                }
                beginBlock();
            }
            left--;
            read();
            return row;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IOException("it is damaged", e);
        }
    }

    private void beginBlock() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(content, at, content.length - at);
        if (head.get() != RowEncoder.VERSION) {
            throw new IOException("it was written by another release of muster");
        }
        left = head.getInt();
        int length = head.getInt();
        int sum = head.getInt();
        CRC32 actual = new CRC32();
        actual.update(head.slice(head.position(), length));
        if ((int) actual.getValue() != sum) {
            throw new IOException("it is damaged");
        }
        at = head.position();
        words.clear();
        row.keyLength = 0;
        lastDate = 0;
    }

    private void read() {
        int flags = content[at++] & 0xff;
        readKey();
        row.marker = (flags & RowEncoder.MARKER) != 0;
        row.latest = (flags & RowEncoder.LATEST) != 0;
        row.size = (flags & RowEncoder.SIZED) != 0 ? number() : ListingEntry.UNKNOWN_SIZE;
        row.dateMillis = ListingEntry.UNKNOWN_DATE;
        if ((flags & RowEncoder.DATED) != 0) {
            long step = number();
            lastDate += step >>> 1 ^ -(step & 1);
            row.dateMillis = lastDate;
        }
        readTag(flags >>> RowEncoder.TAG_SHIFT);
        row.storageClass = word();
        row.versionId = (flags & RowEncoder.VERSIONED) != 0 ? text() : "";
        boolean detailed = (flags & RowEncoder.DETAILED) != 0;
        row.checksumAlgorithm = detailed ? word() : "";
        row.owner = detailed ? word() : "";
    }

    private void readKey() {
        int shared = (int) number();
        int rest = (int) number();
        if (key.length < shared + rest) {
            key = Arrays.copyOf(key, 2 * (shared + rest));
        }
        System.arraycopy(content, at, key, shared, rest);
        at += rest;
        row.key = key;
        row.keyLength = shared + rest;
    }

    private void readTag(int kind) {
        row.tag = tag;
        row.tagStart = 0;
        row.tagLength = 0;
        if (kind == RowEncoder.OTHER_TAG) {
            byte[] other = bytes();
            row.tag = other;
            row.tagLength = other.length;
        } else if (kind != RowEncoder.NO_TAG) {
            for (int i = 0; i < 32; i += 2) {
                int value = content[at++];
                tag[i] = HEX[value >> 4 & 15];
                tag[i + 1] = HEX[value & 15];
            }
            row.tagLength = 32;
            if (kind == RowEncoder.DIGEST_OF_PARTS) {
                byte[] parts = ("-" + number()).getBytes(UTF_8);
                System.arraycopy(parts, 0, tag, 32, parts.length);
                row.tagLength += parts.length;
            }
        }
    }

    private String word() {
        int index = (int) number();
        if (index == words.size()) {
            words.add(text());
        }
        return words.get(index);
    }

    private String text() {
        return new String(bytes(), UTF_8);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[Math.min((int) number(), content.length - at)];
        System.arraycopy(content, at, bytes, 0, bytes.length);
        at += bytes.length;
        return bytes;
    }

    private long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            long next = content[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
