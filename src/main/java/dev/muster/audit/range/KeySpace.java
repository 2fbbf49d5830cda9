package dev.muster.audit.range;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A range of keys read as an interval of numbers: after the prefix that its ends share, each symbol is a digit whose
 * radix is the number of symbols expected at its place (interpolation search, over learned alphabets).
 */
final class KeySpace {
    private static final double FINEST = 1e-12;

    private final Alphabets alphabets;
    private final int[] low;
    private final int[] high;
    private final int depth;
    private final int[] first;
    private final double start;
    private final double end;

    KeySpace(Alphabets alphabets, Range range, int floor) {
        this.alphabets = alphabets;
        low = Keys.symbols(range.after());
        high = range.bounded() ? Keys.symbols(range.upTo()) : null;
        depth = high == null ? Math.min(floor, low.length) : Keys.commonPrefix(low, high);
        first = union(alphabets.at(Place.after(low, depth), symbol(low)), symbol(high));
        start = position(low);
        end = high == null ? first.length : position(high);
    }

    private int symbol(int[] key) {
        return key != null && depth < key.length ? key[depth] : -1;
    }

    private static int[] union(int[] symbols, int symbol) {
        if (symbol < 0 || Arrays.binarySearch(symbols, symbol) >= 0) {
            return symbols;
        }
        int[] all = Arrays.copyOf(symbols, symbols.length + 1);
        all[symbols.length] = symbol;
        Arrays.sort(all);
        return all;
    }

    /** The size of the interval, in whole subtrees at the place where its ends part. */
    double width() {
        return Math.max(0, end - start);
    }

    /** How far a key of the range lies from its start, in the same unit. */
    double from(String key) {
        return distance(Keys.symbols(key));
    }

    private double distance(int[] key) {
        int parting = Keys.commonPrefix(low, key);
        if (parting <= depth) {
            return position(key) - start;
        }
        double cell = 1;
        Place place = Place.after(low, depth + 1);
        for (int i = depth + 1; i < parting; i++) {
            cell /= alphabets.at(place, low[i]).length;
            place.push(low[i]);
        }
        return cell * (fraction(place.copy(), key, parting) - fraction(place, low, parting));
    }

    private double fraction(Place place, int[] key, int from) {
        double fraction = 0;
        double cell = 1;
        for (int i = from; i < key.length && cell > FINEST; i++) {
            int[] symbols = alphabets.at(place, key[i]);
            int digit = Arrays.binarySearch(symbols, key[i]);
            cell /= symbols.length;
            fraction += cell * (digit < 0 ? -digit - 1 : digit);
            place.push(key[i]);
        }
        return fraction;
    }

    private double position(int[] key) {
        if (depth >= key.length) {
            return 0;
        }
        int index = Arrays.binarySearch(first, key[depth]);
        if (index < 0) {
            return -index - 1;
        }
        return index + fraction(Place.after(key, depth + 1), key, depth + 1);
    }

    /** The shortest key at about the given distance from the start; the empty string if there is none in the range. */
    String at(double distance, double resolution) {
        double rest = start + distance;
        int index = (int) rest;
        if (index >= first.length) {
            return "";
        }
        StringBuilder cut = new StringBuilder(new String(low, 0, depth)).appendCodePoint(first[index]);
        Place place = Place.after(low, depth);
        place.push(first[index]);
        rest -= index;
        double cell = 1;
        for (int i = depth + 1; cell > resolution && i < depth + 300; i++) {
            int[] symbols = alphabets.at(place, i < low.length ? low[i] : -1);
            if (symbols.length == 0) {
                break;
            }
            rest *= symbols.length;
            cell /= symbols.length;
            int digit = Math.min(symbols.length - 1, (int) rest);
            rest -= digit;
            cut.appendCodePoint(symbols[digit]);
            place.push(symbols[digit]);
        }
        return cut.toString();
    }

    /** Cuts just right of the path to the start, one level of the key tree each, from the deepest useful one upwards. */
    List<String> ladder(int deepest, int wanted, double apart) {
        List<List<String>> levels = new ArrayList<>();
        Place place = Place.after(low, depth);
        for (int i = depth; i <= deepest && i < low.length; i++) {
            List<String> level = new ArrayList<>();
            double reached = 0;
            for (String cut : level(place, i)) {
                double distance = from(cut);
                if (distance - reached >= apart) {
                    level.add(cut);
                    reached = distance;
                }
            }
            if (!level.isEmpty()) {
                levels.add(level);
            }
            place.push(low[i]);
        }
        java.util.Collections.reverse(levels);
        List<String> cuts = new ArrayList<>();
        if (wanted < 3) {
            double reached = 0;
            for (int i = 0; i < levels.size() && cuts.size() < wanted; i++) {
                for (String cut : levels.get(i)) {
                    if (cuts.size() < wanted && from(cut) - reached >= apart) {
                        cuts.add(cut);
                        reached = from(cut);
                        apart *= 10;
                    }
                }
            }
            return cuts;
        }
        record Candidate(double rank, String cut) {}
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            for (int j = 0; j < levels.get(i).size(); j++) {
                candidates.add(new Candidate(0.7 * i + j, levels.get(i).get(j)));
            }
        }
        candidates.sort(java.util.Comparator.comparingDouble(Candidate::rank));
        return candidates.stream().limit(wanted).map(Candidate::cut).toList();
    }

    private List<String> level(Place place, int level) {
        int symbol = low[level];
        int limit = high != null && level == depth && level < high.length ? high[level] : Integer.MAX_VALUE;
        int[] seen = above(alphabets.seen(place), symbol, limit);
        int[] all = above(level == depth ? first : alphabets.at(place, symbol), symbol, limit);
        List<String> result = new ArrayList<>();
        if (seen.length > 0) {
            int step = Math.max(1, (seen.length + 8) / 9);
            for (int i = 0; i < seen.length; i += step) {
                result.add(sibling(level, seen[i]));
            }
            int highest = seen[seen.length - 1];
            all = above(all, highest, limit);
        }
        int tries = Math.min(3, all.length);
        for (int i = 0; i < tries; i++) {
            result.add(sibling(level, all[i * all.length / tries]));
        }
        return result;
    }

    private static int[] above(int[] symbols, int symbol, int limit) {
        return Arrays.stream(symbols).filter(s -> s > symbol && s < limit).toArray();
    }

    private String sibling(int level, int symbol) {
        return new StringBuilder(new String(low, 0, level))
                .appendCodePoint(symbol)
                .toString();
    }
}
