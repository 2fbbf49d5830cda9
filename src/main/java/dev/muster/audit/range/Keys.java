package dev.muster.audit.range;

/** The order of keys in a bucket: that of their UTF-8 bytes, unsigned, which is the order of their code points. */
public final class Keys {
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

    static int commonPrefix(int[] left, int[] right) {
        int mismatch = java.util.Arrays.mismatch(left, right);
        return mismatch < 0 ? left.length : mismatch;
    }
}
