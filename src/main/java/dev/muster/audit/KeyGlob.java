package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A pattern of keys: {@code *} stands for any characters, {@code /} among them, and {@code ?} for one. It works on the
 * bytes of a key, in time at most proportional to the product of both lengths; a byte that is not UTF-8 is a character
 * of its own.
 */
final class KeyGlob {
    private final byte[] pattern;

    KeyGlob(String pattern) {
        this.pattern = pattern.getBytes(UTF_8);
    }

    /** Tells whether it matches the whole key, which begins at index 0. Only the last star passed is ever extended. */
    boolean matches(byte[] key, int length) {
        int at = 0;
        int from = 0;
        int star = -1;
        int starEnd = 0;
        while (at < length) {
            int symbol = from < pattern.length ? pattern[from] : -1;
            if (symbol == '*') {
                star = from++;
                starEnd = at;
            } else if (symbol == '?') {
                at += width(key, at, length);
                from++;
            } else if (from < pattern.length && symbol == key[at]) {
                at++;
                from++;
            } else if (star >= 0) {
                starEnd += width(key, starEnd, length);
                at = starEnd;
                from = star + 1;
            } else {
                return false;
            }
        }
        while (from < pattern.length && pattern[from] == '*') {
            from++;
        }
        return from == pattern.length;
    }

    /** Number of bytes of the character at this index. */
    private static int width(byte[] key, int start, int length) {
        int lead = key[start] & 0xFF;
        int wanted = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int width = 1;
        while (width < wanted && start + width < length && (key[start + width] & 0xC0) == 0x80) {
            width++;
        }
        return width;
    }
}
