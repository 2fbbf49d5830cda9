package dev.muster.audit.split;

import java.util.Arrays;

/** The symbols seen at a place in keys: a sorted set of code points, and what is known to be missing at its ends. */
final class Alphabet {
    /** Beyond this many, every second one is forgotten: a cell of the interpolation then covers two symbols. */
    private static final int MOST = 256;

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
        if (size == MOST) {
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

    /** Counts a subtree that goes on here. */
    void countParent() {
        parents++;
    }

    /** Counts a symbol that follows another one in such a subtree. */
    void countSibling() {
        siblings++;
    }

    int parents() {
        return parents;
    }

    /** The share of the symbols that a subtree has, on average. */
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

    /** Whether the set says something: several symbols, or one that is known to be alone. */
    boolean telling() {
        return size > 1 || (size == 1 && closedBelow && ceiling != OPEN);
    }

    /** The set with what other places suggest: between its ends, and beyond those that are open. */
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
