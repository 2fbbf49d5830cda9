package dev.muster.audit.split;

import java.util.List;

/**
 * Where to cut when the symbols seen tell little: galloping by code points. Behind what was listed lies a cut that
 * doubles it, or one half way to the range's end where that is nearer. A piece that begins at such a cut takes the next
 * step from the same origin, and so twice as far.
 */
final class GallopingPivot {
    /** Keys in ASCII hardly ever have siblings beyond it: steps go half way to its end at most. */
    private static final int LAST_OF_ASCII = '~';

    /** A key listed before, from which the step is taken. */
    final int[] origin;

    /** Empty if no symbol fits. */
    final String cut;

    private GallopingPivot(int[] origin, String cut) {
        this.origin = origin;
        this.cut = cut;
    }

    /**
     * @param keys those of the last page
     * @param space the range behind it
     */
    static GallopingPivot behind(RangeEstimate stretch, int[][] keys, KeyRange rest, KeySpace space) {
        int[] origin = stretch.origin == null ? keys[0] : stretch.origin;
        String cut = cut(origin, 1, space);
        if (!rest.divisibleAt(cut)) {
            origin = keys[0];
            cut = cut(origin, 1, space);
        }
        return new GallopingPivot(origin, rest.divisibleAt(cut) ? cut : "");
    }

    /** Several steps at once, from the last page alone: behind as much as it, four times and sixteen times as much. */
    static List<String> bold(int[][] keys, KeySpace space) {
        return List.of(cut(keys[0], 1, space), cut(keys[0], 4, space), cut(keys[0], 16, space));
    }

    private static String cut(int[] origin, int times, KeySpace space) {
        int[] last = space.low();
        int level = Math.max(space.depth(), Keys.commonPrefix(origin, last));
        if (level >= last.length) {
            return "";
        }
        int from = last[level];
        int listed = level < origin.length ? from - origin[level] : 1;
        int end = level == space.depth() && space.top() >= 0 ? space.top() : Character.MAX_CODE_POINT;
        int bound = from < LAST_OF_ASCII ? Math.min(end, LAST_OF_ASCII + 1) : end;
        int symbol = Keys.printableFrom(from + Math.max(1, Math.min(times * listed, (bound - from) / 2)));
        return symbol < end ? space.prefix(level) + Character.toString(symbol) : "";
    }
}
