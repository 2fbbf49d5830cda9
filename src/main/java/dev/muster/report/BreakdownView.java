package dev.muster.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Extent and order in which a report shows totals per prefix and per group.
 *
 * @param depth how many levels of prefixes to show; negative for none
 * @param top how many prefixes to show below each, and groups of a table; 0 for all
 * @param leastShare of the whole, from 0 to 1, that a prefix must have to be shown
 * @param groups the further tables
 */
public record BreakdownView(int depth, int top, double leastShare, PrefixOrder order, List<GroupTable> groups) {
    public static final BreakdownView NONE = new BreakdownView(-1, 0, 0, PrefixOrder.BYTES, List.of());

    /**
     * A table by something else than the whole prefix.
     *
     * @param name as the option has it: {@code extension}, {@code prefix}
     * @param level of the prefixes; 0 for other tables
     */
    public record GroupTable(String name, int level) {
        /** The name with the level. */
        public String label() {
            return level == 0 ? name : name + ":" + level;
        }
    }

    public BreakdownView {
        requireNonNull(order, "order is null");
        groups = List.copyOf(groups);
    }

    boolean showsPrefixes() {
        return depth >= 0;
    }
}
