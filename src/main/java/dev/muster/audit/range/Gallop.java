package dev.muster.audit.range;

/**
 * Where to cut when the symbols seen tell little: galloping by code points. Behind what was listed lies a cut that
 * doubles it, or one half way to the range's end where that is nearer. A piece that begins at such a cut takes the next
 * step from the same origin, and so twice as far.
 */
final class Gallop {
    /** A key listed before, from which the step is taken. */
    final int[] origin;

    /** Empty if no symbol fits. */
    final String cut;

    private Gallop(int[] origin, String cut) {
        this.origin = origin;
        this.cut = cut;
    }

    /**
     * @param keys those of the last page
     * @param space the range behind it
     */
    static Gallop behind(Stretch stretch, int[][] keys, Range rest, KeySpace space) {
        int[] origin = stretch.origin == null ? keys[0] : stretch.origin;
        String cut = cut(origin, space);
        if (!rest.divisibleAt(cut)) {
            origin = keys[0];
            cut = cut(origin, space);
        }
        return new Gallop(origin, rest.divisibleAt(cut) ? cut : "");
    }

    private static String cut(int[] origin, KeySpace space) {
        int[] last = space.low();
        int level = Math.max(space.depth(), Keys.commonPrefix(origin, last));
        if (level >= last.length) {
            return "";
        }
        int from = last[level];
        int listed = level < origin.length ? from - origin[level] : 1;
        int end = level == space.depth() && space.top() >= 0 ? space.top() : Character.MAX_CODE_POINT;
        int symbol = from + Math.max(1, Math.min(listed, (end - from) / 2));
        return symbol < end && Keys.plain(symbol) ? space.prefix(level) + Character.toString(symbol) : "";
    }
}
