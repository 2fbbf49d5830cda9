package dev.muster.audit.prefix;

import dev.muster.audit.stats.Sums;
import java.util.Arrays;

/** The choice of the rows that stay where there are too many, as {@link PrefixTotals} explains it. */
final class RowSelection {
    private final PrefixRow[] rows;
    private final int most;
    private final int[] parents;
    /** Totals of the rows with all below them. */
    private final long[] sizes;

    private final long[] things;
    private final boolean[] kept;
    private final long sizeCharge;
    private final long thingsCharge;

    /** A choice among rows in byte order with all their parents, of which there are more than the most besides the root. */
    RowSelection(PrefixRow[] rows, int most) {
        this.rows = rows;
        this.most = most;
        this.parents = parents(rows);
        this.sizes = new long[rows.length];
        this.things = new long[rows.length];
        this.kept = new boolean[rows.length];
        kept[0] = true;
        addUp();
        this.sizeCharge = charge(sizes, true);
        this.thingsCharge = charge(things, false);
        int free = most - count();
        keepLargest(sizes, free / 2);
        keepLargest(things, most - count());
    }

    long sizeCharge() {
        return sizeCharge;
    }

    long thingsCharge() {
        return thingsCharge;
    }

    /** The rows that stay, with what is dropped below them. */
    PrefixRow[] kept() {
        PrefixSum[] dropped = new PrefixSum[rows.length];
        for (int i = rows.length - 1; i > 0; i--) {
            if (!kept[i]) {
                PrefixSum below = PrefixRow.sum(rows[i].own(), dropped[i]);
                dropped[parents[i]] = PrefixRow.sum(dropped[parents[i]], below);
            }
        }
        PrefixRow[] rest = new PrefixRow[1 + count()];
        int end = 0;
        for (int i = 0; i < rows.length; i++) {
            if (kept[i]) {
                PrefixRow row = rows[i];
                rest[end++] = new PrefixRow(
                        row.prefix(),
                        row.level(),
                        row.direct(),
                        PrefixRow.sum(row.other(), dropped[i]),
                        Math.min(sizes[i], Sums.add(row.sizeDebt(), sizeCharge)),
                        Math.min(things[i], Sums.add(row.thingsDebt(), thingsCharge)));
            }
        }
        return rest;
    }

    /** A row's parent is the last one before it that is a level higher. */
    private static int[] parents(PrefixRow[] rows) {
        int[] parents = new int[rows.length];
        int[] lastOfLevel = new int[8];
        for (int i = 1; i < rows.length; i++) {
            int level = rows[i].level();
            if (level >= lastOfLevel.length) {
                lastOfLevel = Arrays.copyOf(lastOfLevel, 2 * level);
            }
            parents[i] = lastOfLevel[level - 1];
            lastOfLevel[level] = i;
        }
        return parents;
    }

    private void addUp() {
        for (int i = rows.length - 1; i >= 0; i--) {
            PrefixRow row = rows[i];
            sizes[i] = Sums.add(sizes[i], row.direct().size());
            things[i] = Sums.add(things[i], row.direct().things());
            if (row.other() != null) {
                sizes[i] = Sums.add(sizes[i], row.other().size());
                things[i] = Sums.add(things[i], row.other().things());
            }
            if (i > 0) {
                sizes[parents[i]] = Sums.add(sizes[parents[i]], sizes[i]);
                things[parents[i]] = Sums.add(things[parents[i]], things[i]);
            }
        }
    }

    /** Charges every row but the root, and keeps those that have credit left. Returns the charge. */
    private long charge(long[] totals, boolean bySize) {
        long[] credits = new long[rows.length - 1];
        for (int i = 1; i < rows.length; i++) {
            long debt = bySize ? rows[i].sizeDebt() : rows[i].thingsDebt();
            credits[i - 1] = Math.max(0, totals[i] - debt);
        }
        long charge = largest(credits.clone(), credits.length, most / 4 + 1);
        for (int i = 1; i < rows.length; i++) {
            kept[i] |= credits[i - 1] > charge;
        }
        return charge;
    }

    /** Keeps so many more rows, the largest; of equal ones the first, so that a parent comes before what is below it. */
    private void keepLargest(long[] totals, int places) {
        long[] others = new long[rows.length];
        int candidates = 0;
        for (int i = 1; i < rows.length; i++) {
            if (!kept[i]) {
                others[candidates++] = totals[i];
            }
        }
        long least = largest(others, candidates, places + 1);
        int left = places;
        for (int i = 1; i < rows.length; i++) {
            if (!kept[i] && totals[i] > least) {
                kept[i] = true;
                left--;
            }
        }
        for (int i = 1; i < rows.length && left > 0; i++) {
            if (!kept[i] && totals[i] == least) {
                kept[i] = true;
                left--;
            }
        }
    }

    private int count() {
        int count = 0;
        for (int i = 1; i < kept.length; i++) {
            count += kept[i] ? 1 : 0;
        }
        return count;
    }

    /** The number at a place, from 1 on, among the first so many, the largest first (Hoare's quickselect); reorders them. */
    private static long largest(long[] numbers, int size, int place) {
        int wanted = size - place;
        int low = 0;
        int high = size - 1;
        while (low < high) {
            long pivot = numbers[(low + high) >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (numbers[left] < pivot) {
                    left++;
                }
                while (numbers[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long number = numbers[left];
                    numbers[left++] = numbers[right];
                    numbers[right--] = number;
                }
            }
            if (wanted <= right) {
                high = right;
            } else if (wanted >= left) {
                low = left;
            } else {
                return numbers[wanted];
            }
        }
        return numbers[wanted];
    }
}
