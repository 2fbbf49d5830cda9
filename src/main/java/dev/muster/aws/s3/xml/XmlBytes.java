package dev.muster.aws.s3.xml;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Scans and compares bytes, eight at a time. */
public final class XmlBytes {
    private static final int NAME = 1;
    private static final int NAME_START = 2;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] CLASSES = classes();

    private XmlBytes() {}

    /** The index of the first {@code <}, {@code &} or carriage return before the end; the end if there is none. */
    static int skipPlain(byte[] bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long eight = (long) EIGHT_BYTES.get(bytes, at);
            long tags = eight ^ '<' * ONES;
            long references = eight ^ '&' * ONES;
            long returns = eight ^ '\r' * ONES;
            // Each term has the high bit of the bytes it looks for, and perhaps of bytes above such a one.
            long special =
                    ((tags - ONES) & ~tags) | ((references - ONES) & ~references) | ((returns - ONES) & ~returns);
            if ((special & HIGH_BITS) != 0) {
                return at + (Long.numberOfTrailingZeros(special & HIGH_BITS) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && bytes[at] != '<' && bytes[at] != '&' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** The index of the first of either byte before the end; the end if there is none. */
    public static int find(byte first, byte second, byte[] bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long eight = (long) EIGHT_BYTES.get(bytes, at);
            long left = eight ^ first * ONES;
            long right = eight ^ second * ONES;
            long found = (((left - ONES) & ~left) | ((right - ONES) & ~right)) & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && bytes[at] != first && bytes[at] != second) {
            at++;
        }
        return at;
    }

    /** Tells whether the wanted bytes stand at the index, all of them before the end. */
    public static boolean stand(byte[] wanted, byte[] bytes, int from, int end) {
        int length = wanted.length;
        if (length > end - from) {
            return false;
        }
        int at = 0;
        while (at + Long.BYTES <= length) {
            if ((long) EIGHT_BYTES.get(wanted, at) != (long) EIGHT_BYTES.get(bytes, from + at)) {
                return false;
            }
            at += Long.BYTES;
        }
        if (length >= Long.BYTES) {
            int last = length - Long.BYTES;
            return (long) EIGHT_BYTES.get(wanted, last) == (long) EIGHT_BYTES.get(bytes, from + last);
        }
        while (at < length && wanted[at] == bytes[from + at]) {
            at++;
        }
        return at == length;
    }

    /** The index of the first byte that may not occur in a name. Names beyond ASCII are refused. */
    static int nameEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && (CLASSES[bytes[at] & 0xff] & NAME) != 0) {
            at++;
        }
        return at;
    }

    static boolean isNameStart(byte value) {
        return (CLASSES[value & 0xff] & NAME_START) != 0;
    }

    static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int i = 0; i < 0x80; i++) {
            boolean letter = (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') || i == '_';
            boolean name = letter || (i >= '0' && i <= '9') || i == '-' || i == '.' || i == ':';
            classes[i] = (byte) ((name ? NAME : 0) | (letter ? NAME_START : 0));
        }
        return classes;
    }
}
