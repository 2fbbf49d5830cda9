package dev.muster.audit.range;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of keys in a bucket: that of their UTF-8 bytes, unsigned, which is the order of their code points. */
public final class Keys {
    private static final int LONGEST = 1024;

    private Keys() {}

    /** Compares as {@code Arrays.compareUnsigned} compares the UTF-8 bytes, without encoding (invariant 8). */
    public static int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** UTF-16 puts surrogates below U+E000..U+FFFF, though they stand for code points above. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }

    static int[] symbols(String key) {
        return key.codePoints().toArray();
    }

    static String key(int[] symbols) {
        return new String(symbols, 0, symbols.length);
    }

    static int commonPrefix(int[] left, int[] right) {
        int mismatch = Arrays.mismatch(left, right);
        return mismatch < 0 ? left.length : mismatch;
    }

    /** Whether a bucket may be cut at a key before anything of it is listed: see {@link #acceptable(String, String)}. */
    public static boolean acceptable(String key) {
        return acceptable(key, "");
    }

    /**
     * Whether a key may be cut at: servers take it as start-after (at most 1,024 bytes of UTF-8, and none of the symbols some
     * fail on), and where it departs from a listed key it has only symbols that UTF-16 orders as UTF-8 does. A server that
     * orders by UTF-16 then shows its order within a range, and no key falls between two.
     *
     * @param listed the last key before the cut that the server has listed; empty if there is none
     */
    static boolean acceptable(String key, String listed) {
        if (key.length() > LONGEST || key.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return false;
        }
        int shared = 0;
        while (shared < Math.min(key.length(), listed.length()) && key.charAt(shared) == listed.charAt(shared)) {
            shared++;
        }
        return key.codePoints().allMatch(Keys::usable)
                && key.substring(shared).chars().allMatch(unit -> unit < Character.MIN_SURROGATE);
    }

    /** Whether a symbol that no key was seen to hold may stand in a cut: printable, and no trouble to any server. */
    static boolean plain(int symbol) {
        return symbol >= ' ' && Character.isDefined(symbol) && !Character.isISOControl(symbol) && usable(symbol);
    }

    /** Whether a symbol seen in keys may stand in a cut: some servers fail on U+FFFE and U+FFFF in start-after. */
    static boolean usable(int symbol) {
        return symbol != 0 && (symbol & 0xFFFE) != 0xFFFE && !(symbol >= 0xD800 && symbol <= 0xDFFF);
    }
}
