package dev.muster.inventory.compare;

import dev.muster.inventory.format.InventoryRow;
import java.util.Objects;
import java.util.Set;

/**
 * Object that is not the same on both sides.
 *
 * @param left null if it is only on the right
 * @param right null if it is only on the left
 * @param fields in which the two differ; empty where there is one only
 */
public record Difference(InventoryRow left, InventoryRow right, Set<Field> fields) {
    /** Fact of an object that is compared. */
    public enum Field {
        SIZE("size"),
        ETAG("etag"),
        DATE("date");

        private final String label;

        Field(String label) {
            this.label = label;
        }

        /** Name in options and in output. */
        public String label() {
            return label;
        }

        private Object of(InventoryRow row) {
            return switch (this) {
                case SIZE -> row.size();
                case ETAG -> row.eTag();
                case DATE -> row.lastModifiedMillis();
            };
        }

        /** Tells whether it is known on both sides. */
        boolean known(InventoryRow left, InventoryRow right) {
            return of(left) != null && of(right) != null;
        }

        boolean differs(InventoryRow left, InventoryRow right) {
            return known(left, right) && !Objects.equals(of(left), of(right));
        }
    }

    /** The one row, or the left one of two. */
    public InventoryRow either() {
        return left == null ? right : left;
    }
}
