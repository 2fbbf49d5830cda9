package dev.muster.audit.split;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The symbols that keys have at each {@link KeyContext}, so that what one directory has taught holds in the next. Only where
 * neighbouring sample keys part is learned; what lies deeper is finer than a page. Bounded: the places not used for
 * longest are forgotten.
 */
final class AlphabetIndex {
    private static final int PLACES = 4096;
    private static final int[] NONE = {};
    private static final Alphabet NOTHING = new Alphabet();

    private final Map<Long, Alphabet> places = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Alphabet> eldest) {
            return size() > PLACES;
        }
    };

    /** All symbols seen to vary anywhere, by kind: digits, capital Latin letters, small Cyrillic ones, others. */
    private final Map<Kind, Alphabet> kinds = new HashMap<>();

    /**
     * Learns from keys in ascending order that were listed without a gap.
     *
     * @param from the first key that is held against the one before it; at least 1
     * @param to the index behind the last one
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

    /** Learns at a place where so many symbols precede, all shared by the key and the one before it. */
    private void learn(int[][] keys, int index, KeyContext place, int length) {
        int[] left = keys[index - 1];
        int[] right = keys[index];
        int parting = Keys.commonPrefix(left, right);
        int leftDepth = index >= 2 ? Keys.commonPrefix(keys[index - 2], left) : parting;
        int rightDepth = index + 1 < keys.length ? Keys.commonPrefix(right, keys[index + 1]) : parting;
        place.push(right, length, parting);
        branch(place, left, parting);
        branch(place, right, parting);
        symbols(place.exact()).countSibling();
        symbols(place.shape()).countSibling();
        path(place.copy(), left, parting, leftDepth, true);
        path(place, right, parting, rightDepth, false);
    }

    private void branch(KeyContext place, int[] key, int parting) {
        if (parting < key.length) {
            int symbol = key[parting];
            symbols(place.exact()).add(symbol);
            symbols(place.shape()).add(symbol);
            symbols(place.segment()).add(symbol);
            if (!Character.isLetterOrDigit(symbol)) {
                symbols(place.position()).add(symbol);
            }
            kinds.computeIfAbsent(Kind.of(symbol), ignored -> new Alphabet()).add(symbol);
        }
    }

    /** Below the parting the left key is among the last of its subtree, the right one among the first. */
    private void path(KeyContext place, int[] key, int parting, int depth, boolean last) {
        int end = Math.min(depth, key.length - 1);
        for (int i = parting; i <= end; i++) {
            if (i > parting) {
                bound(symbols(place.exact()), key[i], last);
                bound(symbols(place.shape()), key[i], last);
            }
            place.push(key[i]);
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

    /** Learns that no key lies between a cut and the first key after it; null if none follows. */
    void learnGap(int[] cut, int[] next) {
        int at = next == null ? 0 : Keys.commonPrefix(cut, next) + 1;
        if (at < cut.length) {
            KeyContext place = KeyContext.after(cut, at);
            int bound = at == cut.length - 1 ? cut[at] : cut[at] + 1;
            symbols(place.exact()).closeAbove(bound);
            symbols(place.shape()).closeAbove(bound);
        }
    }

    /**
     * The symbols to expect at a place, ascending; empty if nothing is known of it.
     *
     * @param present one that is there in any case; -1 for none
     */
    int[] at(KeyContext place, int present) {
        Alphabet known = known(place);
        if (known == null && present < 0) {
            return NONE;
        }
        Alphabet others = places.get(place.segment());
        if ((others == null || others.size() < 2) && present >= 0 && !Character.isLetterOrDigit(present)) {
            others = places.get(place.position());
        }
        if (others == null || others.size() < 2) {
            others = kinds.get(Kind.of(known == null ? present : present >= 0 ? present : known.first()));
        }
        if (known == null) {
            return others != null && others.contains(present) ? others.toArray() : new int[] {present};
        }
        return others == null ? known.filled(known, present) : known.filled(others, present);
    }

    private Alphabet known(KeyContext place) {
        Alphabet known = places.get(place.exact());
        if (known == null || !known.telling()) {
            Alphabet wider = places.get(place.shape());
            known = wider == null ? known : wider;
        }
        return known == null || known.size() == 0 ? null : known;
    }

    /** What was seen at a place. */
    Alphabet seen(KeyContext place) {
        Alphabet known = places.get(place.exact());
        if (known == null || known.size() < 2) {
            known = places.getOrDefault(place.shape(), NOTHING);
        }
        return known;
    }

    /** Whether symbols like this one have been seen to vary near this place. */
    boolean varies(KeyContext place, int symbol) {
        Alphabet others = places.get(Character.isLetterOrDigit(symbol) ? place.segment() : place.position());
        return others != null && others.size() > 1 && others.contains(symbol);
    }

    private Alphabet symbols(long name) {
        return places.computeIfAbsent(name, ignored -> new Alphabet());
    }

    /** Letters and digits by type and script; all else alike. */
    private record Kind(int type, Character.UnicodeScript script) {
        private static final Kind OTHER = new Kind(Character.UNASSIGNED, Character.UnicodeScript.COMMON);

        static Kind of(int symbol) {
            return Character.isLetterOrDigit(symbol)
                    ? new Kind(Character.getType(symbol), Character.UnicodeScript.of(symbol))
                    : OTHER;
        }
    }
}
