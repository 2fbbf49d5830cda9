package dev.muster.audit.split;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Order of keys in a bucket: by unsigned UTF-8 bytes, which is the order of their code points. */
public final class Keys {
    private static final int LONGEST = 1024;

    private Keys() {}

    /** Compares as {@code Arrays.compareUnsigned} compares the UTF-8 bytes, without encoding (invariant 8). */
    public static int compare(String left, String right) {
        int shared = commonPrefix(left, right);
        return shared < Math.min(left.length(), right.length())
                ? Integer.compare(rank(left.charAt(shared)), rank(right.charAt(shared)))
                : Integer.compare(left.length(), right.length());
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

    /** Length of the common prefix in UTF-16 units. */
    static int commonPrefix(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        int shared = 0;
        while (shared < shorter && left.charAt(shared) == right.charAt(shared)) {
            shared++;
        }
        return shared;
    }

    /** Length of the common prefix in symbols. */
    static int commonPrefix(int[] left, int[] right) {
        int mismatch = Arrays.mismatch(left, right);
        return mismatch < 0 ? left.length : mismatch;
    }

    /**
     * Tells whether a bucket may be split at a key before anything of it is listed: see {@link #acceptable(String,
     * String)}.
     */
    public static boolean acceptable(String key) {
        return acceptable(key, "");
    }

    /**
     * Tells whether a key may be a pivot: servers take it as start-after (at most 1,024 bytes of UTF-8, and none of the
     * symbols some fail on), and where it departs from a listed key it has no symbol in U+E000 to U+FFFF. UTF-16 sorts
     * these after the symbols above U+FFFF: on a server that orders by UTF-16, a range that ends at one would end
     * before all its keys were shown. A pivot with any other symbol is safe: keys that such a server shows only after
     * the pivot then lie before the start of a range, which the reader notices.
     *
     * @param listed the last key before the pivot that the server has listed; empty if there is none
     */
    static boolean acceptable(String key, String listed) {
        if (key.length() > LONGEST || key.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return false;
        }
        int shared = commonPrefix(key, listed);
        return key.codePoints().allMatch(Keys::usable)
                && key.substring(shared).chars().allMatch(unit -> unit <= Character.MAX_SURROGATE);
    }

    /**
     * The first symbol, starting at this one, that may be used in a pivot although no key was seen to contain it:
     * printable and safe.
     */
    static int printableFrom(int symbol) {
        if (symbol < ' ') {
            return ' ';
        }
        if (symbol >= 0x7F && symbol < 0xA0) {
            return 0xA0;
        }
        return symbol >= Character.MIN_SURROGATE && symbol < Character.MIN_SUPPLEMENTARY_CODE_POINT
                ? Character.MIN_SUPPLEMENTARY_CODE_POINT
                : symbol;
    }

    /**
     * Tells whether a symbol seen in keys may be used in a pivot: some servers fail on U+FFFE and U+FFFF, which XML
     * cannot represent.
     */
    static boolean usable(int symbol) {
        return symbol != 0 && symbol != 0xFFFE && symbol != 0xFFFF && !(symbol >= 0xD800 && symbol <= 0xDFFF);
    }
}
