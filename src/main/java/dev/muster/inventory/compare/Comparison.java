package dev.muster.inventory.compare;

import dev.muster.inventory.compare.Difference.Field;
import dev.muster.inventory.format.InventoryRow;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Merges two sources in key order and tells their differences. A fact that one side does not know is not compared, but
 * counted as unknown. Keys that are there several times on one side are matched one to one.
 */
public final class Comparison {
    private final Comparator<InventoryRow> order;
    private final Set<Field> fields;
    private final Map<Field, Long> differing = new EnumMap<>(Field.class);
    private final Map<Field, Long> unknown = new EnumMap<>(Field.class);
    private final Side left = new Side();
    private final Side right = new Side();
    private long equal;
    private long changed;

    /** Sums of one side. */
    public static final class Side {
        private long objects;
        private long only;
        private long onlyBytes;

        /** Objects in all. */
        public long objects() {
            return objects;
        }

        /** Objects that the other side lacks. */
        public long only() {
            return only;
        }

        /** Their bytes, as far as they are known. */
        public long onlyBytes() {
            return onlyBytes;
        }

        private void only(InventoryRow row) {
            only++;
            onlyBytes += row.size() == null ? 0 : row.size();
        }
    }

    /** Takes differences in key order. */
    @FunctionalInterface
    public interface Sink {
        void accept(Difference difference) throws IOException;
    }

    /** @param order of both sources */
    public Comparison(Comparator<InventoryRow> order, Set<Field> fields) {
        this.order = order;
        this.fields = Set.copyOf(fields);
    }

    /** Compares the sources to their ends. */
    public void run(RowCursor leftRows, RowCursor rightRows, Sink sink) throws IOException {
        InventoryRow a = leftRows.next();
        InventoryRow b = rightRows.next();
        while (a != null || b != null) {
            int side = a == null ? 1 : b == null ? -1 : order.compare(a, b);
            if (side < 0) {
                left.only(a);
                sink.accept(new Difference(a, null, Set.of()));
            } else if (side > 0) {
                right.only(b);
                sink.accept(new Difference(null, b, Set.of()));
            } else {
                both(a, b, sink);
            }
            left.objects += side <= 0 ? 1 : 0;
            right.objects += side >= 0 ? 1 : 0;
            a = side <= 0 ? leftRows.next() : a;
            b = side >= 0 ? rightRows.next() : b;
        }
    }

    private void both(InventoryRow a, InventoryRow b, Sink sink) throws IOException {
        Set<Field> different = EnumSet.noneOf(Field.class);
        for (Field field : fields) {
            if (!field.known(a, b)) {
                unknown.merge(field, 1L, Long::sum);
            } else if (field.differs(a, b)) {
                different.add(field);
                differing.merge(field, 1L, Long::sum);
            }
        }
        if (different.isEmpty()) {
            equal++;
        } else {
            changed++;
            sink.accept(new Difference(a, b, different));
        }
    }

    public Side left() {
        return left;
    }

    public Side right() {
        return right;
    }

    /** Objects that are on both sides and differ in nothing that was compared. */
    public long equal() {
        return equal;
    }

    /** Objects that are on both sides and differ. */
    public long changed() {
        return changed;
    }

    /** Objects on both sides that differ in a fact. */
    public long differing(Field field) {
        return differing.getOrDefault(field, 0L);
    }

    /** Objects on both sides of which one side does not know a fact that was to be compared. */
    public long unknown(Field field) {
        return unknown.getOrDefault(field, 0L);
    }

    /** Tells whether no difference was found. */
    public boolean same() {
        return left.only == 0 && right.only == 0 && changed == 0;
    }
}
