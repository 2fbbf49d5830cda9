package dev.muster.aws.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What single bytes and short byte sequences mean in an XML 1.0 document encoded as UTF-8. */
final class XmlBytes {
    /** Marks bytes at which plain text ends or needs a closer look. */
    static final int SPECIAL = 1;
    /** Marks the bytes that url-encoding gives a meaning. */
    static final int URL = 2;

    private static final int NAME = 4;
    private static final int NAME_START = 8;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] CLASSES = classes();

    private XmlBytes() {}

    static boolean is(byte value, int mask) {
        return (CLASSES[value & 0xff] & mask) != 0;
    }

    /**
     * The index of the first byte, before the end, that is marked {@link #SPECIAL}; the end if there is none. Looks at
     * eight bytes at once, in one method, as the innermost loop of a listing.
     */
    static int skipPlain(byte[] bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long eight = (long) EIGHT_BYTES.get(bytes, at);
            long tags = eight ^ '<' * ONES;
            long references = eight ^ '&' * ONES;
            long brackets = eight ^ ']' * ONES;
            // Each term has the high bit of the bytes it looks for, and perhaps of bytes above such a one.
            long special = eight
                    | ((eight - ' ' * ONES) & ~eight)
                    | ((tags - ONES) & ~tags)
                    | ((references - ONES) & ~references)
                    | ((brackets - ONES) & ~brackets);
            if ((special & HIGH_BITS) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        byte[] classes = CLASSES;
        while (at < end && (classes[bytes[at] & 0xff] & SPECIAL) == 0) {
            at++;
        }
        return at;
    }

    /** The index of the first byte, before the end, that is marked {@link #URL}; the end if there is none. */
    static int skipUnescaped(byte[] bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long eight = (long) EIGHT_BYTES.get(bytes, at);
            long escapes = eight ^ '%' * ONES;
            long spaces = eight ^ '+' * ONES;
            if (((((escapes - ONES) & ~escapes) | ((spaces - ONES) & ~spaces)) & HIGH_BITS) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < end && !is(bytes[at], URL)) {
            at++;
        }
        return at;
    }

    /** Whether the wanted bytes stand at the index, all of them before the end. */
    static boolean stand(byte[] wanted, byte[] bytes, int from, int end) {
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

    /** Whether the byte may stand in a name. Names beyond ASCII occur in no listing and are refused. */
    static boolean isName(byte value) {
        return is(value, NAME);
    }

    static boolean isNameStart(byte value) {
        return is(value, NAME_START);
    }

    static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    /** Whether XML allows the character, literally or as a character reference. */
    static boolean isCharacter(int codePoint) {
        if (codePoint < 0x20) {
            return codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
        }
        return codePoint < 0xd800
                || (codePoint > 0xdfff && codePoint < 0xfffe)
                || (codePoint > 0xffff && codePoint <= 0x10ffff);
    }

    /** The number of bytes of the UTF-8 sequence that a lead byte announces, or 0 if it is no lead byte. */
    static int sequenceLength(byte lead) {
        int value = lead & 0xff;
        if (value < 0x80) {
            return 1;
        } else if (value < 0xc2 || value > 0xf4) {
            return 0;
        }
        return value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
    }

    /** The code point of a whole UTF-8 sequence, or -1 if it is malformed, overlong or a surrogate. */
    static int codePoint(byte[] bytes, int offset, int length) {
        if (length == 2) {
            int follower = bytes[offset + 1];
            return (follower & 0xc0) == 0x80 ? (bytes[offset] & 0x1f) << 6 | (follower & 0x3f) : -1;
        }
        int value = length == 1 ? bytes[offset] : bytes[offset] & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            if ((bytes[offset + i] & 0xc0) != 0x80) {
                return -1;
            }
            value = value << 6 | (bytes[offset + i] & 0x3f);
        }
        boolean overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
        boolean surrogate = value >= 0xd800 && value <= 0xdfff;
        return overlong || surrogate || value > 0x10ffff ? -1 : value;
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int i = 0; i < 256; i++) {
            boolean control = i < 0x20 && i != '\t' && i != '\n';
            boolean special = control || i >= 0x80 || i == '<' || i == '&' || i == ']';
            boolean letter = (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') || i == '_';
            boolean name = letter || (i >= '0' && i <= '9') || i == '-' || i == '.' || i == ':';
            classes[i] = (byte) ((special ? SPECIAL : 0)
                    | (i == '%' || i == '+' ? URL : 0)
                    | (name ? NAME : 0)
                    | (letter ? NAME_START : 0));
        }
        return classes;
    }
}
