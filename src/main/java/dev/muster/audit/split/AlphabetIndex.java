package dev.muster.audit.split;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The symbols that keys have in each {@link KeyContext}, so that one directory teaches the next. Only the symbols at
 * which neighbouring sample keys diverge are learned; later ones are finer than a page. Bounded: the least recently
 * used contexts are forgotten.
 *
 * <p>Example: {@code logs/2025/09/30} and {@code logs/2025/10/01} part at the first digit of the month, which takes the
 * values 0 and 1 behind {@code logs/2025/}; so it does behind any {@code xxxx/dddd/}, as the shape is the same. The
 * last day before the step was {@code 30}: nothing above 3 is expected as the first digit of a day.
 */
final class AlphabetIndex {
    private static final int MOST_CONTEXTS = 4096;
    private static final int[] NONE = {};
    private static final Alphabet NOTHING = new Alphabet();

    private final Map<Long, Alphabet> contexts = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Alphabet> eldest) {
            return size() > MOST_CONTEXTS;
        }
    };

    /** All symbols seen to vary anywhere, by kind: digits, capital Latin letters, small Cyrillic letters, others. */
    private final Map<Kind, Alphabet> kinds = new HashMap<>();

    /**
     * Learns from keys in ascending order that were listed without gaps.
     *
     * @param from index of the first key to compare with the one before it; at least 1
     * @param to index after the last one
     */
    void learn(int[][] keys, int from, int to) {
        if (from >= to) {
            return;
        }
        int[] left = keys[from - 1];
        int shared = Keys.commonPrefix(left, keys[to - 1]);
        KeyContext start = KeyContext.after(left, shared);
        for (int i = from; i < to; i++) {
            learn(keys, i, start.copy(), shared);
        }
    }

    /** Learns from a key and the one before it, which share at least the symbols of the context. */
    private void learn(int[][] keys, int index, KeyContext context, int length) {
        int[] left = keys[index - 1];
        int[] right = keys[index];
        int parting = Keys.commonPrefix(left, right);
        int leftDepth = index >= 2 ? Keys.commonPrefix(keys[index - 2], left) : parting;
        int rightDepth = index + 1 < keys.length ? Keys.commonPrefix(right, keys[index + 1]) : parting;
        context.push(right, length, parting);
        branch(context, left, parting);
        branch(context, right, parting);
        symbols(context.exact()).countSibling();
        symbols(context.shape()).countSibling();
        path(context.copy(), left, parting, leftDepth, true);
        path(context, right, parting, rightDepth, false);
    }

    private void branch(KeyContext context, int[] key, int parting) {
        if (parting < key.length) {
            int symbol = key[parting];
            symbols(context.exact()).add(symbol);
            symbols(context.shape()).add(symbol);
            symbols(context.segment()).add(symbol);
            if (!Character.isLetterOrDigit(symbol)) {
                symbols(context.position()).add(symbol);
            }
            kinds.computeIfAbsent(Kind.of(symbol), ignored -> new Alphabet()).add(symbol);
        }
    }

    /** Below the symbol where they part, the left key is among the last of its subtree, the right one among the first. */
    private void path(KeyContext context, int[] key, int parting, int depth, boolean last) {
        int end = Math.min(depth, key.length - 1);
        for (int i = parting; i <= end; i++) {
            if (i > parting) {
                bound(symbols(context.exact()), key[i], last);
                bound(symbols(context.shape()), key[i], last);
            }
            context.push(key[i]);
        }
    }

    private static void bound(Alphabet symbols, int symbol, boolean last) {
        symbols.add(symbol);
        if (last) {
            symbols.closeAbove(symbol + 1);
        } else {
            symbols.closeBelow();
            symbols.countParent();
        }
    }

    /** Learns that no key lies between a pivot and the first key after it; null if none follows. */
    void learnGap(int[] pivot, int[] next) {
        int at = next == null ? 0 : Keys.commonPrefix(pivot, next) + 1;
        if (at < pivot.length) {
            KeyContext context = KeyContext.after(pivot, at);
            int bound = at == pivot.length - 1 ? pivot[at] : pivot[at] + 1;
            symbols(context.exact()).closeAbove(bound);
            symbols(context.shape()).closeAbove(bound);
        }
    }

    /**
     * The symbols to expect in a context, ascending; empty if nothing is known about it.
     *
     * @param present a symbol that is always included; -1 for none
     */
    int[] at(KeyContext context, int present) {
        Alphabet known = known(context);
        if (known == null && present < 0) {
            return NONE;
        }
        Alphabet others = contexts.get(context.segment());
        if ((others == null || others.size() < 2) && present >= 0 && !Character.isLetterOrDigit(present)) {
            others = contexts.get(context.position());
        }
        if (others == null || others.size() < 2) {
            others = kinds.get(Kind.of(known == null ? present : present >= 0 ? present : known.first()));
        }
        if (known == null) {
            return others != null && others.contains(present) ? others.toArray() : new int[] {present};
        }
        return others == null ? known.filled(known, present) : known.filled(others, present);
    }

    private Alphabet known(KeyContext context) {
        Alphabet known = contexts.get(context.exact());
        if (known == null || !known.informative()) {
            Alphabet wider = contexts.get(context.shape());
            known = wider == null ? known : wider;
        }
        return known == null || known.size() == 0 ? null : known;
    }

    /** The symbols seen in a context. */
    Alphabet seen(KeyContext context) {
        Alphabet known = contexts.get(context.exact());
        if (known == null || known.size() < 2) {
            known = contexts.getOrDefault(context.shape(), NOTHING);
        }
        return known;
    }

    /** Tells whether symbols of this kind were seen to vary in this segment, or at this position. */
    boolean varies(KeyContext context, int symbol) {
        Alphabet others = contexts.get(Character.isLetterOrDigit(symbol) ? context.segment() : context.position());
        return others != null && others.size() > 1 && others.contains(symbol);
    }

    private Alphabet symbols(long name) {
        return contexts.computeIfAbsent(name, ignored -> new Alphabet());
    }

    /** Kind of a symbol: letters and digits by type and script, everything else alike. */
    private record Kind(int type, Character.UnicodeScript script) {
        private static final Kind OTHER = new Kind(Character.UNASSIGNED, Character.UnicodeScript.COMMON);

        static Kind of(int symbol) {
            return Character.isLetterOrDigit(symbol)
                    ? new Kind(Character.getType(symbol), Character.UnicodeScript.of(symbol))
                    : OTHER;
        }
    }

    /** Symbols seen in one context: a sorted set of code points, and whether any may follow or precede them. */
    static final class Alphabet {
        /**
         * With more symbols than this, every second one is forgotten: a digit of the interpolation then stands for two
         * symbols.
         */
        private static final int MOST_SYMBOLS = 256;

        private static final int OPEN = Integer.MAX_VALUE;

        private int[] values = new int[4];
        private int size;
        private int ceiling = OPEN;
        private boolean closedBelow;
        private int parents;
        private int siblings;

        int size() {
            return size;
        }

        int first() {
            return values[0];
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }

        boolean contains(int symbol) {
            return Arrays.binarySearch(values, 0, size, symbol) >= 0;
        }

        void add(int symbol) {
            int index = Arrays.binarySearch(values, 0, size, symbol);
            if (index >= 0 || !Keys.usable(symbol)) {
                return;
            }
            if (size == MOST_SYMBOLS) {
                thin();
                index = Arrays.binarySearch(values, 0, size, symbol);
                if (index >= 0) {
                    return;
                }
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            System.arraycopy(values, -index - 1, values, -index, size + index + 1);
            values[-index - 1] = symbol;
            size++;
        }

        private void thin() {
            int kept = 0;
            for (int i = 0; i < size - 1; i += 2) {
                values[kept++] = values[i];
            }
            values[kept++] = values[size - 1];
            size = kept;
        }

        /** Counts a parent, a subtree that has symbols here. */
        void countParent() {
            parents++;
        }

        /** Counts a symbol that follows another one under the same parent. */
        void countSibling() {
            siblings++;
        }

        int parents() {
            return parents;
        }

        /** Average share of the symbols that a parent has, 0 to 1. */
        double density() {
            return Math.min(1, (1 + siblings / Math.max(1.0, parents)) / size);
        }

        /** Nothing was found from this symbol upwards, under at least one parent. */
        void closeAbove(int bound) {
            ceiling = Math.min(ceiling, bound);
        }

        void closeBelow() {
            closedBelow = true;
        }

        /** Tells whether the set is informative: several symbols, or one that is known to be the only one. */
        boolean informative() {
            return size > 1 || (size == 1 && closedBelow && ceiling != OPEN);
        }

        /** This set together with symbols of other contexts: those between its ends, and those beyond an open end. */
        int[] filled(Alphabet others, int present) {
            int low = values[0];
            int high = values[size - 1];
            Alphabet all = new Alphabet();
            all.values = Arrays.copyOf(values, Math.max(4, size));
            all.size = size;
            if (others.contains(low) || others.contains(high)) {
                for (int i = 0; i < others.size; i++) {
                    int symbol = others.values[i];
                    if ((symbol > low || !closedBelow) && (symbol < high || symbol < ceiling)) {
                        all.add(symbol);
                    }
                }
            }
            if (present >= 0) {
                all.add(present);
            }
            return all.toArray();
        }
    }

    /**
     * Context of a symbol, as hashes of what precedes it in its key: the shape (letters and digits are alike,
     * punctuation counts), the segment that the last punctuation has opened, and the word so far. Mutable: it moves
     * along a key.
     */
    static final class KeyContext {
        private long shape = 17;
        private long segment = 17;
        private long word;
        private int length;

        static KeyContext after(int[] key, int length) {
            KeyContext context = new KeyContext();
            context.push(key, 0, length);
            return context;
        }

        KeyContext copy() {
            KeyContext copy = new KeyContext();
            copy.shape = shape;
            copy.segment = segment;
            copy.word = word;
            copy.length = length;
            return copy;
        }

        void push(int[] key, int from, int to) {
            for (int i = from; i < to; i++) {
                push(key[i]);
            }
        }

        void push(int symbol) {
            boolean inWord = Character.isLetterOrDigit(symbol);
            shape = mix(shape + (inWord ? 'a' : symbol));
            if (!inWord) {
                segment = shape;
            }
            word = inWord ? word * 1_000_003 + symbol : symbol;
            length++;
        }

        /** The shape and the word before: the second digit of a month depends on the first. */
        long exact() {
            return mix(shape ^ Long.rotateLeft(word, 32));
        }

        long shape() {
            return shape;
        }

        long segment() {
            return segment ^ 0x5555;
        }

        /** The position alone: the number of symbols that precede. */
        long position() {
            return mix(length ^ 0x3333);
        }

        private static long mix(long value) {
            long product = value * 0x9E3779B97F4A7C15L;
            return product ^ (product >>> 29);
        }
    }
}
