package dev.muster.audit.range;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Where to cut a range whose keys may end anywhere: galloping. The key tree to the right of the start's path is a ladder
 * of siblings, one rung a level, each worth all rungs below it; a few siblings of each are tried, the low rungs first.
 */
final class Ladder {
    private static final int SIBLINGS_SEEN = 9;
    private static final int SIBLINGS_GUESSED = 3;
    private static final double FAINTER_BY_RUNG = 0.7;

    private record Step(String key, double distance) {}

    private final Alphabets alphabets;
    private final KeySpace space;
    private final int[] low;
    private final List<List<Step>> rungs = new ArrayList<>();

    /**
     * @param deepest the lowest useful rung: where the last page's keys part
     * @param apart the least distance between two cuts
     */
    Ladder(Alphabets alphabets, KeySpace space, int deepest, double apart) {
        this.alphabets = alphabets;
        this.space = space;
        low = space.low();
        Place place = Place.after(low, space.depth());
        double cell = 1;
        for (int level = space.depth(); level <= deepest && level < low.length; level++) {
            int[] symbols = level == space.depth() ? space.first() : alphabets.at(place, low[level]);
            cell = level == space.depth() ? 1 : cell / symbols.length;
            List<Step> rung = rung(place, level, symbols, cell, apart);
            if (!rung.isEmpty()) {
                rungs.add(rung);
            }
            place.push(low[level]);
        }
        Collections.reverse(rungs);
    }

    /** One or two cuts while next to nothing is known: one near, one ten times as far. */
    List<String> few(int wanted, double apart) {
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

    /** So many cuts, if there are as many; the likely ones first, in no order of keys. */
    List<String> many(int wanted) {
        record Ranked(double rank, String cut) {}
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < rungs.size(); i++) {
            for (int j = 0; j < rungs.get(i).size(); j++) {
                ranked.add(new Ranked(FAINTER_BY_RUNG * i + j, rungs.get(i).get(j).key));
            }
        }
        ranked.sort(Comparator.comparingDouble(Ranked::rank));
        return ranked.stream().limit(wanted).map(Ranked::cut).toList();
    }

    private List<Step> rung(Place place, int level, int[] symbols, double cell, double apart) {
        int mine = Arrays.binarySearch(symbols, low[level]);
        double reached = 0;
        List<Step> rung = new ArrayList<>();
        for (int symbol : siblings(place, level, symbols)) {
            int index = Arrays.binarySearch(symbols, symbol);
            double distance = cell * ((index < 0 ? symbols.length : index) - mine - 0.5);
            if (distance - reached >= apart) {
                rung.add(new Step(sibling(level, symbol), distance));
                reached = distance;
            }
        }
        return rung;
    }

    private List<Integer> siblings(Place place, int level, int[] symbols) {
        int top = level == space.depth() && space.top() >= 0 ? space.top() : Integer.MAX_VALUE;
        int[] seen = alphabets.seen(place);
        int[] seenAbove = between(seen, low[level], top);
        int highest = seenAbove.length > 0 ? seenAbove[seenAbove.length - 1] : low[level];
        int[] guessed = between(symbols, highest, top);
        List<Integer> result = new ArrayList<>();
        spread(seenAbove, Math.max(1, (seenAbove.length + SIBLINGS_SEEN - 1) / SIBLINGS_SEEN), result);
        if (guessed.length > 0) {
            int tries = Math.min(SIBLINGS_GUESSED, guessed.length);
            for (int i = 0; i < tries; i++) {
                result.add(guessed[i * guessed.length / tries]);
            }
        } else if (seen.length > 2 && alphabets.openAbove(place)) {
            beyond(seen, top, result);
        }
        return result;
    }

    private static void spread(int[] symbols, int step, List<Integer> result) {
        for (int i = 0; i < symbols.length; i += step) {
            result.add(symbols[i]);
        }
    }

    /** An alphabet that is still growing is galloped through by code points. */
    private static void beyond(int[] seen, int top, List<Integer> result) {
        int highest = seen[seen.length - 1];
        int span = highest - seen[0] + 1;
        for (int i = 0; i < 5 && highest + span < top; i++, span *= 3) {
            if (Keys.plain(highest + span)) {
                result.add(highest + span);
            }
        }
    }

    /** A key half way between the ends by code points alone, where nothing better is known; empty if there is none. */
    static String middle(KeySpace space) {
        int[] low = space.low();
        int from = space.depth() < low.length ? low[space.depth()] : ' ';
        int to = space.top() >= 0 ? space.top() : 2 * from;
        int middle = from + (to - from) / 2;
        return middle > from && Keys.plain(middle)
                ? new StringBuilder(space.prefix(space.depth()))
                        .appendCodePoint(middle)
                        .toString()
                : "";
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
