package dev.muster.audit.split;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A range as an interval of numbers, for interpolation search: it converts distances to keys and keys to distances.
 * Piecewise between known prefixes where there are any, by the symbols of a {@link KeySpace} within.
 *
 * <p>Example: the range {@code (users/29995/avatar.png, users/6]} with the digits 0 to 9 seen at each place. Its ends
 * diverge after {@code users/}, so a unit is all keys with one first digit: the range is 3.0002 wide, and the key at
 * distance 1 is {@code users/3999}.
 */
final class KeyInterpolator {
    private final AlphabetIndex alphabets;
    private final KeySpace space;
    private final String[] bounds;
    private final String[] ends;
    private final double[] starts;
    private final boolean inside;

    KeyInterpolator(AlphabetIndex alphabets, KnownPrefixes prefixes, KeyRange range) {
        this.alphabets = alphabets;
        space = new KeySpace(alphabets, range);
        Map<String, Double> within = prefixes.within(range);
        Map.Entry<String, Double> covering = prefixes.covering(range.after());
        String end = covering == null ? "" : KnownPrefixes.end(covering.getKey());
        inside = !end.isEmpty() && before(range.after(), end) && (!range.bounded() || before(end, range.upTo()));
        int count = within.size() + (inside ? 1 : 0);
        bounds = new String[count];
        ends = new String[count];
        starts = new double[count + 1];
        int i = 0;
        if (inside) {
            bounds[i] = range.after();
            ends[i] = end;
            starts[++i] = covering.getValue() * (1 - fraction(covering.getKey(), end, range.after()));
        }
        for (Map.Entry<String, Double> each : within.entrySet()) {
            bounds[i] = each.getKey();
            ends[i] = KnownPrefixes.end(each.getKey());
            double part =
                    range.bounded() && before(range.upTo(), ends[i]) ? fraction(bounds[i], ends[i], range.upTo()) : 1;
            starts[i + 1] = starts[i] + each.getValue() * part;
            i++;
        }
    }

    private static boolean before(String key, String end) {
        return Keys.compare(key, end) < 0;
    }

    boolean piecewise() {
        return bounds.length > 0;
    }

    /** Tells whether there are known prefixes to split at. */
    boolean hasPrefixes() {
        return bounds.length > (inside ? 1 : 0);
    }

    KeySpace space() {
        return space;
    }

    double width() {
        return piecewise() ? starts[bounds.length] : space.width();
    }

    /** Distance of a key of the range from its start. */
    double from(String key) {
        if (!piecewise()) {
            return space.from(key);
        }
        int index = Arrays.binarySearch(bounds, key, Keys::compare);
        if (index >= 0) {
            return starts[index];
        }
        index = -index - 2;
        return index < 0
                ? 0
                : starts[index] + (starts[index + 1] - starts[index]) * fraction(bounds[index], ends[index], key);
    }

    private double fraction(String low, String high, String key) {
        if (Keys.compare(key, low) <= 0) {
            return 0;
        }
        if (!before(key, high)) {
            return 1;
        }
        KeySpace between = new KeySpace(alphabets, new KeyRange(low, high));
        return between.width() > 0 ? Math.max(0, Math.min(1, between.from(key) / between.width())) : 0.5;
    }

    /**
     * A pivot at about the given distance from the start; the empty string if there is none.
     *
     * @param step the distance between pivots: prefixes closer than that are hit exactly
     * @param resolution required exactness of the pivot, as a distance
     */
    String at(double distance, double step, double resolution) {
        if (!piecewise()) {
            return space.at(distance, resolution);
        }
        int index = Arrays.binarySearch(starts, 0, bounds.length, distance);
        if (index >= 0) {
            return bounds[index];
        }
        index = Math.max(0, -index - 2);
        double whole = starts[index + 1] - starts[index];
        double part = (distance - starts[index]) / whole;
        if (whole < 1.5 * step || index > 0 || !inside) {
            int nearest = part > 0.5 ? index + 1 : index;
            return nearest < bounds.length ? bounds[nearest] : "";
        }
        KeySpace between = new KeySpace(alphabets, new KeyRange(bounds[index], ends[index]));
        return between.at(part * between.width(), between.width() * resolution / whole);
    }

    /**
     * A range of keys read as an interval of numbers: after the prefix that its ends share, each symbol is a digit
     * whose radix is the number of symbols expected there. Distances are measured in whole subtrees at the symbol where
     * the ends diverge.
     */
    static final class KeySpace {
        private static final double FINEST = 1e-12;
        private static final int LONGEST_PIVOT = 300;

        private final AlphabetIndex alphabets;
        private final int[] low;
        private final int[] high;
        private final int depth;
        private final int[] first;
        private final double start;
        private final double end;

        KeySpace(AlphabetIndex alphabets, KeyRange range) {
            this.alphabets = alphabets;
            low = Keys.symbols(range.after());
            high = range.bounded() ? Keys.symbols(range.upTo()) : null;
            depth = high == null ? 0 : Keys.commonPrefix(low, high);
            first = with(
                    with(
                            alphabets.at(AlphabetIndex.KeyContext.after(low, depth), symbol(low, depth)),
                            symbol(low, depth)),
                    top());
            start = position(low);
            end = high == null ? first.length : position(high);
        }

        int[] low() {
            return low;
        }

        /** Number of symbols that the ends of the range share. */
        int depth() {
            return depth;
        }

        /** The symbols to expect where the ends diverge. */
        int[] first() {
            return first;
        }

        /** The end's symbol where the ends diverge; -1 if there is none. */
        int top() {
            return high == null ? -1 : symbol(high, depth);
        }

        double width() {
            return Math.max(0, end - start);
        }

        /**
         * Distance of a key of the range from its start; computed from where the two diverge, so as not to lose
         * precision.
         */
        double from(String key) {
            int[] symbols = Keys.symbols(key);
            int parting = Keys.commonPrefix(low, symbols);
            if (parting <= depth) {
                return position(symbols) - start;
            }
            AlphabetIndex.KeyContext context = AlphabetIndex.KeyContext.after(low, depth + 1);
            double cell = cell(context, parting);
            int mine = symbol(low, parting);
            int[] here = with(with(alphabets.at(context, mine), mine), symbol(symbols, parting));
            return cell
                    / Math.max(1, here.length)
                    * (within(context, here, symbols, parting) - within(context, here, low, parting));
        }

        /** Share of the start's ancestor of the given length that lies after the start. */
        double rest(int length) {
            if (length <= depth) {
                return width();
            }
            AlphabetIndex.KeyContext context = AlphabetIndex.KeyContext.after(low, depth + 1);
            return cell(context, length) * (1 - fraction(context, low, length));
        }

        /** The size of the start's ancestor of the given length; moves the context along. */
        private double cell(AlphabetIndex.KeyContext context, int length) {
            double cell = 1;
            for (int i = depth + 1; i < length; i++) {
                cell /= alphabets.at(context, low[i]).length;
                context.push(low[i]);
            }
            return cell;
        }

        private double within(AlphabetIndex.KeyContext context, int[] here, int[] key, int at) {
            if (at >= key.length) {
                return 0;
            }
            AlphabetIndex.KeyContext next = context.copy();
            next.push(key[at]);
            return Arrays.binarySearch(here, key[at]) + fraction(next, key, at + 1);
        }

        private double position(int[] key) {
            if (depth >= key.length) {
                return 0;
            }
            int index = Arrays.binarySearch(first, key[depth]);
            return index < 0
                    ? -index - 1
                    : index + fraction(AlphabetIndex.KeyContext.after(key, depth + 1), key, depth + 1);
        }

        private double fraction(AlphabetIndex.KeyContext context, int[] key, int from) {
            double fraction = 0;
            double cell = 1;
            AlphabetIndex.KeyContext here = context.copy();
            for (int i = from; i < key.length && cell > FINEST; i++) {
                int[] symbols = alphabets.at(here, key[i]);
                int digit = Arrays.binarySearch(symbols, key[i]);
                cell /= symbols.length;
                fraction += cell * (digit < 0 ? -digit - 1 : digit);
                here.push(key[i]);
            }
            return fraction;
        }

        /**
         * The shortest key at about the given distance from the start; the empty string if that is beyond all symbols
         * expected. It may lie outside the range, where it is no pivot.
         */
        String at(double distance, double resolution) {
            double rest = start + distance;
            int index = (int) rest;
            if (index >= first.length) {
                return "";
            }
            StringBuilder pivot = new StringBuilder(prefix(depth)).appendCodePoint(first[index]);
            AlphabetIndex.KeyContext context = AlphabetIndex.KeyContext.after(low, depth);
            context.push(first[index]);
            rest -= index;
            double cell = 1;
            for (int i = depth + 1; cell > resolution && i < depth + LONGEST_PIVOT; i++) {
                int[] symbols = alphabets.at(context, symbol(low, i));
                if (symbols.length == 0) {
                    break;
                }
                rest *= symbols.length;
                cell /= symbols.length;
                int digit = Math.min(symbols.length - 1, (int) rest);
                rest -= digit;
                pivot.appendCodePoint(symbols[digit]);
                context.push(symbols[digit]);
            }
            return pivot.toString();
        }

        /** The first {@code length} symbols of the start. */
        String prefix(int length) {
            return new String(low, 0, length);
        }

        private static int symbol(int[] key, int at) {
            return at < key.length ? key[at] : -1;
        }

        private static int[] with(int[] symbols, int symbol) {
            if (symbol < 0 || Arrays.binarySearch(symbols, symbol) >= 0) {
                return symbols;
            }
            int[] all = Arrays.copyOf(symbols, symbols.length + 1);
            all[symbols.length] = symbol;
            Arrays.sort(all);
            return all;
        }
    }

    /**
     * Prefixes that are known to exist, and so are reliable pivots, each with an estimate of its share of the bucket:
     * names found together divide their parent's share. Bounded: when there are too many, no more are added.
     */
    static final class KnownPrefixes {
        private static final int MOST_PREFIXES = 4096;

        private final NavigableMap<String, Double> shares = new TreeMap<>(Keys::compare);

        /**
         * Adds the names found under a prefix; none of them if a server names one that does not end in the delimiter.
         */
        void addNames(String parent, List<String> names) {
            if (shares.size() + names.size() > MOST_PREFIXES || !names.stream().allMatch(KnownPrefixes::delimited)) {
                return;
            }
            double share = shares.getOrDefault(parent, 1.0);
            shares.computeIfPresent(parent, (key, old) -> old / 1000);
            for (String name : names) {
                shares.put(name, share / names.size());
            }
        }

        /** The prefixes strictly inside a range, ascending. */
        NavigableMap<String, Double> within(KeyRange range) {
            NavigableMap<String, Double> above = shares.tailMap(range.after(), false);
            return range.bounded() ? above.headMap(range.upTo(), false) : above;
        }

        /** The last prefix at or before a key, which covers it unless it ends before. */
        Map.Entry<String, Double> covering(String key) {
            return shares.floorEntry(key);
        }

        /** The first key after all keys of a prefix. */
        static String end(String prefix) {
            return prefix.substring(0, prefix.length() - 1) + (char) (Probe.DELIMITER + 1);
        }

        private static boolean delimited(String name) {
            return name.endsWith(String.valueOf(Probe.DELIMITER));
        }
    }
}
