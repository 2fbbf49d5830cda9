package dev.muster.audit.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where to cut a range whose keys may end anywhere: galloping. The key tree to the right of the start's path is a ladder
 * of siblings, one rung a level, each worth all rungs below it; a few siblings of each are tried, the low rungs first.
 */
final class PivotCandidates {
    private static final int SIBLINGS_SEEN = 9;
    private static final int SIBLINGS_GUESSED = 3;

    /** A piece is cut off once so many keys are expected in it, by what is known of the symbols that it begins at. */
    private static final double LIKELY = 0.7;

    /** Idle listers make less likely pieces worth a request; this much less if all are idle. */
    private static final double BOLDEST = 0.6;

    private static final double SEEN = 0.9;
    private static final double VARYING = 0.6;

    /** Most symbols of a path are fixed text: nothing else stands beside them. */
    private static final double UNKNOWN = 0.12;

    private record Step(String key, double distance, double likely) {}

    private final AlphabetIndex alphabets;
    private final KeySpace space;
    private final int[] low;
    private final double apart;
    private final List<List<Step>> rungs = new ArrayList<>();

    /**
     * @param deepest the lowest useful rung: where the last page's keys part
     * @param apart the least distance between two cuts
     */
    PivotCandidates(AlphabetIndex alphabets, KeySpace space, int deepest, double apart) {
        this.alphabets = alphabets;
        this.space = space;
        this.apart = apart;
        low = space.low();
        KeyContext place = KeyContext.after(low, space.depth());
        double cell = 1;
        for (int level = space.depth(); level <= deepest && level < low.length; level++) {
            int[] symbols = level == space.depth() ? space.first() : alphabets.at(place, low[level]);
            cell = level == space.depth() ? 1 : cell / symbols.length;
            List<Step> rung = rung(place, level, symbols, cell);
            if (!rung.isEmpty()) {
                rungs.add(rung);
            }
            place.push(low[level]);
        }
        Collections.reverse(rungs);
    }

    /** One or two cuts while next to nothing is known: one near, one ten times as far. */
    List<String> few(int wanted) {
        List<String> cuts = new ArrayList<>();
        double least = apart;
        for (List<Step> rung : rungs) {
            for (Step step : rung) {
                if (cuts.size() < wanted && step.distance >= least) {
                    cuts.add(step.key);
                    least = step.distance + 10 * apart;
                }
            }
        }
        return cuts;
    }

    /**
     * At most so many cuts such that each piece between two is likely to hold a key; of more, some at equal steps, so that
     * a single one halves what may be near or far.
     *
     * @param idle the share of listers that stand idle
     */
    List<String> many(int wanted, double idle) {
        double enough = LIKELY * (1 - BOLDEST * idle);
        List<String> cuts = new ArrayList<>();
        double likely = 0;
        for (int i = rungs.size() - 1; i >= 0; i--) {
            List<Step> rung = rungs.get(i);
            for (int j = rung.size() - 1; j >= 0; j--) {
                likely += rung.get(j).likely;
                if (likely >= enough) {
                    cuts.add(rung.get(j).key);
                    likely = 0;
                }
            }
        }
        if (cuts.isEmpty()) {
            return likely > 0 ? List.of(rungs.get(0).get(0).key) : cuts;
        }
        int count = Math.min(wanted, cuts.size());
        List<String> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(cuts.get((2 * i + 1) * cuts.size() / (2 * count)));
        }
        return some;
    }

    private List<Step> rung(KeyContext place, int level, int[] symbols, double cell) {
        int top = level == space.depth() && space.top() >= 0 ? space.top() : Integer.MAX_VALUE;
        Alphabet seen = alphabets.seen(place);
        int[] seenAbove = between(seen.toArray(), low[level], top);
        int highest = seenAbove.length > 0 ? seenAbove[seenAbove.length - 1] : low[level];
        boolean varies = seen.size() > 1 || alphabets.varies(place, low[level]);
        List<Integer> siblings = new ArrayList<>();
        spread(seenAbove, SIBLINGS_SEEN, siblings);
        int sure = siblings.size();
        guess(between(symbols, highest, top), varies, siblings);
        int together = (seenAbove.length + SIBLINGS_SEEN - 1) / SIBLINGS_SEEN;
        double absent = Math.pow(1 - SEEN * seen.density(), together);
        double guessed = (varies ? VARYING : UNKNOWN) / (1 + seen.parents());
        double reached = 0;
        List<Step> rung = new ArrayList<>();
        for (int i = 0; i < siblings.size(); i++) {
            double distance = cell
                    * (Arrays.binarySearch(symbols, siblings.get(i)) - Arrays.binarySearch(symbols, low[level]) - 0.5);
            if (distance - reached >= apart) {
                rung.add(new Step(sibling(level, siblings.get(i)), distance, i < sure ? 1 - absent : guessed));
                reached = distance;
            }
        }
        return rung;
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
}
