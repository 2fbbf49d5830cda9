package dev.muster.audit.split;

import java.util.Arrays;

/**
 * A range of keys read as an interval of numbers: after the prefix that its ends share, each symbol is a digit whose
 * radix is the number of symbols expected at its place. Distances are in whole subtrees at the place where the ends part.
 */
final class KeySpace {
    private static final double FINEST = 1e-12;
    private static final int LONGEST_CUT = 300;

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
        first = with(with(alphabets.at(KeyContext.after(low, depth), symbol(low, depth)), symbol(low, depth)), top());
        start = position(low);
        end = high == null ? first.length : position(high);
    }

    int[] low() {
        return low;
    }

    /** How many symbols the ends of the range share. */
    int depth() {
        return depth;
    }

    /** The symbols to expect where the ends part. */
    int[] first() {
        return first;
    }

    /** The end's symbol where the ends part; -1 if there is none. */
    int top() {
        return high == null ? -1 : symbol(high, depth);
    }

    double width() {
        return Math.max(0, end - start);
    }

    /** How far a key of the range lies from its start; computed from where the two part, so as not to lose precision. */
    double from(String key) {
        int[] symbols = Keys.symbols(key);
        int parting = Keys.commonPrefix(low, symbols);
        if (parting <= depth) {
            return position(symbols) - start;
        }
        KeyContext place = KeyContext.after(low, depth + 1);
        double cell = cell(place, parting);
        int mine = symbol(low, parting);
        int[] here = with(with(alphabets.at(place, mine), mine), symbol(symbols, parting));
        return cell
                / Math.max(1, here.length)
                * (within(place, here, symbols, parting) - within(place, here, low, parting));
    }

    /** What the start's ancestor of so many symbols still holds after the start. */
    double rest(int length) {
        if (length <= depth) {
            return width();
        }
        KeyContext place = KeyContext.after(low, depth + 1);
        return cell(place, length) * (1 - fraction(place, low, length));
    }

    /** The size of the start's ancestor of so many symbols; moves the place there. */
    private double cell(KeyContext place, int length) {
        double cell = 1;
        for (int i = depth + 1; i < length; i++) {
            cell /= alphabets.at(place, low[i]).length;
            place.push(low[i]);
        }
        return cell;
    }

    private double within(KeyContext place, int[] here, int[] key, int at) {
        if (at >= key.length) {
            return 0;
        }
        KeyContext next = place.copy();
        next.push(key[at]);
        return Arrays.binarySearch(here, key[at]) + fraction(next, key, at + 1);
    }

    private double position(int[] key) {
        if (depth >= key.length) {
            return 0;
        }
        int index = Arrays.binarySearch(first, key[depth]);
        return index < 0 ? -index - 1 : index + fraction(KeyContext.after(key, depth + 1), key, depth + 1);
    }

    private double fraction(KeyContext place, int[] key, int from) {
        double fraction = 0;
        double cell = 1;
        KeyContext here = place.copy();
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
     * The shortest key at about the given distance from the start; the empty string if that is behind all symbols
     * expected. It may lie outside of the range, where nothing is to be cut.
     */
    String at(double distance, double resolution) {
        double rest = start + distance;
        int index = (int) rest;
        if (index >= first.length) {
            return "";
        }
        StringBuilder cut = new StringBuilder(prefix(depth)).appendCodePoint(first[index]);
        KeyContext place = KeyContext.after(low, depth);
        place.push(first[index]);
        rest -= index;
        double cell = 1;
        for (int i = depth + 1; cell > resolution && i < depth + LONGEST_CUT; i++) {
            int[] symbols = alphabets.at(place, symbol(low, i));
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

    /** The start cut to so many symbols. */
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
