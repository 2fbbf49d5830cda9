package dev.muster.audit.range;

/**
 * Where to cut when the symbols seen tell little: galloping by code points. Behind what was listed lies a cut that
 * doubles it, if the range goes on so far, else one half way to the range's end.
 */
final class Gallop {
    private Gallop() {}

    /**
     * A key behind the last listed one; empty if no symbol fits there.
     *
     * @param origin a key listed before, from which the last one's distance is taken
     * @param space the range behind the last listed key
     */
    static String cut(int[] origin, KeySpace space) {
        int[] last = space.low();
        int level = Math.max(space.depth(), Keys.commonPrefix(origin, last));
        if (level >= last.length) {
            return "";
        }
        int from = last[level];
        int listed = level < origin.length ? from - origin[level] : 1;
        int end = level == space.depth() && space.top() >= 0 ? space.top() : Character.MAX_CODE_POINT;
        int symbol = from + Math.max(1, Math.min(listed, (end - from) / 2));
        return symbol < end && Keys.plain(symbol)
                ? new StringBuilder(space.prefix(level)).appendCodePoint(symbol).toString()
                : "";
    }
}
