package dev.muster.events.dayfile;

import java.util.Arrays;
import java.util.Comparator;

/** Order of lines by unsigned UTF-8 bytes, which is code point order, the order in which Python sorts (invariant 8). */
final class LineOrder {
    static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private LineOrder() {}

    /** Length without trailing white space, as by Python's {@code str.rstrip}. */
    static int strippedLength(byte[] bytes, int length) {
        int end = length;
        for (int space = spaceBefore(bytes, end); space > 0; space = spaceBefore(bytes, end)) {
            end -= space;
        }
        return end;
    }

    private static int spaceBefore(byte[] bytes, int end) {
        if (end == 0) {
            return 0;
        }
        int last = bytes[end - 1] & 0xFF;
        if (last < 0x80) {
            return last == ' ' || (last >= '\t' && last <= '\r') || (last >= 0x1C && last <= 0x1F) ? 1 : 0;
        }
        if (end >= 2 && (bytes[end - 2] & 0xFF) == 0xC2) {
            return last == 0x85 || last == 0xA0 ? 2 : 0;
        }
        return end >= 3 && isWideSpace(codePoint(bytes, end - 3)) ? 3 : 0;
    }

    private static int codePoint(byte[] bytes, int at) {
        boolean threeBytes = (bytes[at] & 0xF0) == 0xE0;
        return threeBytes ? (bytes[at] & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | (bytes[at + 2] & 0x3F) : 0;
    }

    private static boolean isWideSpace(int c) {
        return c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }
}
