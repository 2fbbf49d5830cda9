package dev.muster.audit.range;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The symbols that keys have at each place. A place is known by what precedes it: its shape (letters and digits are
 * alike, punctuation counts) and the symbol just before, so that what one directory has taught holds in the next, and
 * {@code 1_} of a month differs from {@code 0_}. Only the places where neighbouring sample keys part are learned; what
 * lies deeper is finer than a page. Bounded: the places not used for longest are forgotten.
 */
final class Alphabets {
    private static final int PLACES = 4096;
    private static final int[] NONE = {};

    private final Map<Long, Symbols> places = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Symbols> eldest) {
            return size() > PLACES;
        }
    };
    private final Symbols everywhere = new Symbols();

    /** Learns from keys in ascending order that were listed without a gap. */
    void learn(int[][] keys) {
        learn(keys, 0);
    }

    /** only the pair that ends at the given index, or all if 0 */
    void learn(int[][] keys, int only) {
        for (int i = Math.max(1, only); i < (only > 0 ? only + 1 : keys.length); i++) {
            int[] left = keys[i - 1];
            int[] right = keys[i];
            int parting = Keys.commonPrefix(left, right);
            int leftDepth = i >= 2 ? Keys.commonPrefix(keys[i - 2], left) : parting;
            int rightDepth = i + 1 < keys.length ? Keys.commonPrefix(right, keys[i + 1]) : parting;
            Place place = Place.after(right, parting);
            branch(place, left, right, parting);
            path(place.copy(), left, parting, leftDepth, true);
            path(place, right, parting, rightDepth, false);
        }
    }

    private void branch(Place place, int[] left, int[] right, int parting) {
        for (int[] key : new int[][] {left, right}) {
            if (parting < key.length) {
                symbols(place.exact()).add(key[parting]);
                symbols(place.shape()).add(key[parting]);
                symbols(place.segment()).add(key[parting]);
                everywhere.add(key[parting]);
            }
        }
    }

    /** Below the parting the left key is among the last of its subtree, the right one among the first. */
    private void path(Place place, int[] key, int parting, int depth, boolean last) {
        for (int i = parting; i <= Math.min(depth, key.length - 1); i++) {
            if (i > parting) {
                for (long name : new long[] {place.exact(), place.shape()}) {
                    Symbols symbols = symbols(name);
                    symbols.add(key[i]);
                    if (last) {
                        symbols.close(key[i] + 1);
                    } else {
                        symbols.closedBelow = true;
                    }
                }
            }
            place.push(key[i]);
        }
    }

    /** Learns that no key lies between a cut and the first key after it; null if none follows. */
    void gap(int[] cut, int[] next) {
        int parting = next == null ? -1 : Keys.commonPrefix(cut, next);
        Place place = new Place();
        for (int i = 0; i < cut.length; i++) {
            if (i > parting) {
                int bound = i == cut.length - 1 ? cut[i] : cut[i] + 1;
                symbols(place.exact()).close(bound);
                symbols(place.shape()).close(bound);
            }
            place.push(cut[i]);
        }
    }

    /** The symbols to expect at a place, ascending; empty if nothing is known of it. {@code present} is one of them. */
    int[] at(Place place, int present) {
        Symbols known = places.get(place.exact());
        if (known == null || !known.telling()) {
            Symbols wider = places.get(place.shape());
            known = wider == null ? known : wider;
        }
        Symbols filling = places.get(place.segment());
        if (filling == null || filling.size() < 2) {
            filling = everywhere;
        }
        if (known == null || known.size() == 0) {
            return present >= 0 && filling.contains(present)
                    ? filling.toArray()
                    : present >= 0 ? new int[] {present} : NONE;
        }
        return known.filled(filling, present);
    }

    /** The symbols seen at a place; empty if fewer than two. */
    int[] seen(Place place) {
        Symbols known = places.get(place.exact());
        if (known == null || known.size() < 2) {
            known = places.get(place.shape());
        }
        return known == null || known.size() < 2 ? NONE : known.toArray();
    }

    private Symbols symbols(long name) {
        return places.computeIfAbsent(name, ignored -> new Symbols());
    }

    /** A sorted set of code points. */
    static final class Symbols {
        private static final int MOST = 256;
        private int[] values = new int[4];
        private int size;
        private int ceiling = Integer.MAX_VALUE;
        private boolean closedBelow;

        int size() {
            return size;
        }

        boolean telling() {
            return size > 1 || (size == 1 && closedBelow && ceiling != Integer.MAX_VALUE);
        }

        void close(int bound) {
            ceiling = ceiling == Integer.MAX_VALUE ? bound : Math.max(ceiling, bound);
        }

        boolean contains(int symbol) {
            return Arrays.binarySearch(values, 0, size, symbol) >= 0;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }

        void add(int symbol) {
            int index = Arrays.binarySearch(values, 0, size, symbol);
            if (index >= 0 || symbol == 0 || (symbol & 0xFFFE) == 0xFFFE) {
                return;
            }
            if (size == MOST) {
                thin();
                index = Arrays.binarySearch(values, 0, size, symbol);
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
            for (int i = 0; i < size; i += 2) {
                values[kept++] = values[i];
            }
            values[kept++] = values[size - 1];
            size = kept;
        }

        int[] filled(Symbols filling, int present) {
            int low = values[0];
            int high = values[size - 1];
            boolean alike = filling.contains(low) || filling.contains(high);
            Symbols all = new Symbols();
            all.values = Arrays.copyOf(values, Math.max(4, size));
            all.size = size;
            if (alike) {
                for (int i = 0; i < filling.size; i++) {
                    int symbol = filling.values[i];
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
}
