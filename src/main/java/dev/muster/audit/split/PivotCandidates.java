package dev.muster.audit.split;

import dev.muster.audit.split.AlphabetIndex.Alphabet;
import dev.muster.audit.split.AlphabetIndex.KeyContext;
import dev.muster.audit.split.KeyInterpolator.KeySpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Proposes pivots for a range whose keys may end anywhere; {@link SplitPolicy} decides whether and where a range is
 * split. The keys after the range's start form subtrees to the right of the path to it: at each level, each sibling of
 * the path is the root of a subtree that weighs as much as all those of the levels below. A few siblings of each level
 * are candidates, the deepest and so the nearest first.
 *
 * <p>Example: after {@code logs/2025/03/17/a} these are {@code logs/2025/03/18}, {@code logs/2025/03/2}, {@code
 * logs/2025/04}, {@code logs/2025/1} and {@code logs/2026}.
 */
final class PivotCandidates {
    private static final int SIBLINGS_SEEN = 9;
    private static final int SIBLINGS_GUESSED = 3;

    /** Least likelihood that a piece holds a key, by what is known about the symbols that it begins with. */
    private static final double LIKELY = 0.7;

    /** Reduction of that likelihood if all listers are idle: then less likely pieces are worth a request. */
    private static final double MOST_LENIENT = 0.6;

    private static final double SEEN = 0.9;
    private static final double VARYING = 0.6;

    /** Most symbols of a path are fixed text, without siblings. */
    private static final double UNKNOWN = 0.12;

    /**
     * A sibling.
     *
     * @param distance from the range's start, in the units of the {@link KeySpace}
     * @param likelihood that a key begins so, 0 to 1
     */
    private record Candidate(String key, double distance, double likelihood) {}

    private final AlphabetIndex alphabets;
    private final KeySpace space;
    private final int[] low;
    private final double apart;
    private final List<List<Candidate>> levels = new ArrayList<>();

    /**
     * Candidates for a range.
     *
     * @param deepest the deepest useful level: the one at which the keys of the last page diverge
     * @param apart the least distance between two pivots
     */
    PivotCandidates(AlphabetIndex alphabets, KeySpace space, int deepest, double apart) {
        this.alphabets = alphabets;
        this.space = space;
        this.apart = apart;
        low = space.low();
        KeyContext context = KeyContext.after(low, space.depth());
        double cell = 1;
        for (int level = space.depth(); level <= deepest && level < low.length; level++) {
            int[] symbols = level == space.depth() ? space.first() : alphabets.at(context, low[level]);
            cell = level == space.depth() ? 1 : cell / symbols.length;
            List<Candidate> siblings = siblings(context, level, symbols, cell);
            if (!siblings.isEmpty()) {
                levels.add(siblings);
            }
            context.push(low[level]);
        }
        Collections.reverse(levels);
    }

    /** One or two pivots while almost nothing is known: one near, one ten times as far. */
    List<String> few(int wanted) {
        List<String> pivots = new ArrayList<>();
        double least = apart;
        for (List<Candidate> siblings : levels) {
            for (Candidate candidate : siblings) {
                if (pivots.size() < wanted && candidate.distance >= least) {
                    pivots.add(candidate.key);
                    least = candidate.distance + 10 * apart;
                }
            }
        }
        return pivots;
    }

    /**
     * Pivots such that each piece between two is likely to hold a key. If there are more than wanted, some at equal
     * steps are chosen, so that a single one halves a list whose end may be near or far.
     *
     * @param wanted greatest number of pivots
     * @param idle the share of listers that are idle, 0 to 1
     */
    List<String> many(int wanted, double idle) {
        double enough = LIKELY * (1 - MOST_LENIENT * idle);
        List<String> pivots = new ArrayList<>();
        double likelihood = 0;
        for (int i = levels.size() - 1; i >= 0; i--) {
            List<Candidate> siblings = levels.get(i);
            for (int j = siblings.size() - 1; j >= 0; j--) {
                likelihood += siblings.get(j).likelihood;
                if (likelihood >= enough) {
                    pivots.add(siblings.get(j).key);
                    likelihood = 0;
                }
            }
        }
        if (pivots.isEmpty()) {
            return likelihood > 0 ? List.of(levels.get(0).get(0).key) : pivots;
        }
        int count = Math.min(wanted, pivots.size());
        List<String> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(pivots.get((2 * i + 1) * pivots.size() / (2 * count)));
        }
        return some;
    }

    private List<Candidate> siblings(KeyContext context, int level, int[] symbols, double cell) {
        int top = level == space.depth() && space.top() >= 0 ? space.top() : Integer.MAX_VALUE;
        Alphabet seen = alphabets.seen(context);
        int[] seenAbove = between(seen.toArray(), low[level], top);
        int highest = seenAbove.length > 0 ? seenAbove[seenAbove.length - 1] : low[level];
        boolean varies = seen.size() > 1 || alphabets.varies(context, low[level]);
        List<Integer> chosen = new ArrayList<>();
        spread(seenAbove, SIBLINGS_SEEN, chosen);
        int sure = chosen.size();
        guess(between(symbols, highest, top), varies, chosen);
        int together = (seenAbove.length + SIBLINGS_SEEN - 1) / SIBLINGS_SEEN;
        double absent = Math.pow(1 - SEEN * seen.density(), together);
        double guessed = (varies ? VARYING : UNKNOWN) / (1 + seen.parents());
        double reached = 0;
        List<Candidate> siblings = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            double distance = cell
                    * (Arrays.binarySearch(symbols, chosen.get(i)) - Arrays.binarySearch(symbols, low[level]) - 0.5);
            if (distance - reached >= apart) {
                siblings.add(new Candidate(sibling(level, chosen.get(i)), distance, i < sure ? 1 - absent : guessed));
                reached = distance;
            }
        }
        return siblings;
    }

    private static void guess(int[] symbols, boolean varies, List<Integer> result) {
        int tries = Math.min(varies ? SIBLINGS_GUESSED : 1, symbols.length);
        for (int i = 0; i < tries; i++) {
            result.add(symbols[i * symbols.length / tries]);
        }
    }

    private static void spread(int[] symbols, int most, List<Integer> result) {
        int step = Math.max(1, (symbols.length + most - 1) / most);
        for (int i = 0; i < symbols.length; i += step) {
            result.add(symbols[i]);
        }
    }

    private static int[] between(int[] symbols, int above, int below) {
        return Arrays.stream(symbols)
                .filter(symbol -> symbol > above && symbol < below)
                .toArray();
    }

    private String sibling(int level, int symbol) {
        return new StringBuilder(space.prefix(level)).appendCodePoint(symbol).toString();
    }

    /**
     * A pivot for ranges whose symbols tell little: galloping by code points. It lies as far beyond the listed keys as
     * these are apart, or halfway to the end of the range if that is nearer. A piece that begins at such a pivot takes
     * its next step from the same origin, and so twice as far (Bentley and Yao, 1976).
     */
    static final class GallopingPivot {
        /** Keys in ASCII hardly ever have siblings beyond it: steps go at most halfway to its end. */
        private static final int LAST_OF_ASCII = '~';

        /** A key listed before, from which the step is taken. */
        final int[] origin;

        /** Empty if no symbol fits. */
        final String pivot;

        private GallopingPivot(int[] origin, String pivot) {
            this.origin = origin;
            this.pivot = pivot;
        }

        /**
         * The next step.
         *
         * @param keys the keys of the last page
         * @param space the range after it
         */
        static GallopingPivot behind(RangeEstimate expected, int[][] keys, KeyRange rest, KeySpace space) {
            int[] origin = expected.origin == null ? keys[0] : expected.origin;
            String pivot = step(origin, 1, space);
            if (!rest.divisibleAt(pivot)) {
                origin = keys[0];
                pivot = step(origin, 1, space);
            }
            return new GallopingPivot(origin, rest.divisibleAt(pivot) ? pivot : "");
        }

        /** Several steps at once, from the last page alone: one, four and sixteen times its width. */
        static List<String> several(int[][] keys, KeySpace space) {
            return List.of(step(keys[0], 1, space), step(keys[0], 4, space), step(keys[0], 16, space));
        }

        private static String step(int[] origin, int times, KeySpace space) {
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
}
