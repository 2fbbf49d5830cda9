package dev.muster.audit.split;

import java.util.Arrays;

/** Estimate of a range that was handed out and has not come back yet. */
final class RangeEstimate {
    private static final int[][] NOTHING = {};

    final Boundary start;
    final Boundary end;

    /** The last two sample keys listed in it; empty if there are none. */
    final int[][] tail;

    /**
     * A key from which a galloping pivot takes its step: listed in this range, or in the one it was split off from;
     * null if there is none.
     */
    final int[] origin;

    /** Number of pages it is expected to hold. */
    final double pages;

    /**
     * Number of pages beyond the estimate that were listed in what it continues: a sign that estimates do not hold
     * here.
     */
    final double surplus;

    /** True if nothing is known to have been listed in it, wherever it starts. */
    final boolean fresh;

    /** True if keys are expected all the way to its end. */
    final boolean dense;

    private RangeEstimate(
            Boundary start, Boundary end, int[] origin, int[][] tail, double pages, double surplus, boolean dense) {
        this.start = start;
        this.end = end;
        this.origin = origin;
        this.tail = tail;
        this.pages = pages;
        this.surplus = surplus;
        this.fresh = tail.length == 0;
        this.dense = dense;
    }

    /** A range about which nothing is known: the first one, or one of a resumed run. */
    static RangeEstimate unknown(KeyRange range) {
        return new RangeEstimate(null, range.bounded() ? new Boundary() : Boundary.end(), null, NOTHING, 0, 0, false);
    }

    static RangeEstimate fresh(Boundary start, Boundary end, int[] origin, double pages, boolean dense) {
        return new RangeEstimate(start, end, origin, NOTHING, pages, 0, dense);
    }

    RangeEstimate continued(Boundary newEnd, double newPages, int[][] keys, double newSurplus, boolean newDense) {
        int[][] all = join(tail, keys);
        int[][] last = Arrays.copyOfRange(all, Math.max(0, all.length - 2), all.length);
        return new RangeEstimate(null, newEnd, fresh ? keys[0] : origin, last, newPages, newSurplus, newDense);
    }

    RangeEstimate startingAt(Boundary newStart) {
        return new RangeEstimate(newStart, end, origin, tail, pages, surplus, dense);
    }

    /** Tells whether it begins at a pivot and its first page has not arrived yet. */
    boolean unproven() {
        return fresh && start != null;
    }

    static int[][] join(int[][] left, int[][] right) {
        int[][] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }

    /**
     * A pivot between two ranges, and the keys known on both sides. Once the last keys before it and the first keys
     * after it are listed, they are neighbours and are learned from like neighbours within a page.
     */
    static final class Boundary {
        private int[][] before;
        private int[][] after;
        private boolean end;

        /** The end of the bucket. */
        static Boundary end() {
            Boundary boundary = new Boundary();
            boundary.end = true;
            return boundary;
        }

        boolean known() {
            return end || after != null;
        }

        /** Tells whether keys are known to continue right after the pivot. */
        boolean continues(String pivot) {
            return after != null && Keys.key(after[0]).startsWith(pivot);
        }

        void listedBefore(int[][] keys, AlphabetIndex alphabets) {
            before = keys;
            learn(alphabets);
        }

        void listedAfter(String pivot, int[][] keys, AlphabetIndex alphabets) {
            after = Arrays.copyOf(keys, Math.min(2, keys.length));
            alphabets.learnGap(Keys.symbols(pivot), after[0]);
            learn(alphabets);
        }

        /** Takes over what lies beyond an empty range that starts here. */
        void emptyUpTo(Boundary next, String pivot, AlphabetIndex alphabets) {
            after = next.after;
            end = next.end;
            if (known()) {
                alphabets.learnGap(Keys.symbols(pivot), end ? null : after[0]);
            }
            learn(alphabets);
        }

        private void learn(AlphabetIndex alphabets) {
            if (before != null && after != null) {
                alphabets.learn(join(before, after), before.length, before.length + 1);
            }
        }
    }

    /**
     * Estimate of the rest of a range after one of its pages.
     *
     * @param density pages per distance of the interpolator
     * @param pages the pages left
     * @param surplus number of pages by which the range has exceeded the estimate so far
     * @param dense whether keys are expected all the way to the range's end, or to its known prefixes
     */
    record RemainingWork(KeyInterpolator interpolator, double density, double pages, double surplus, boolean dense) {
        private static final double UNMEASURABLE = 1e12;

        /** Weight of the surplus found so far in the estimate of what follows. */
        private static final double SURPLUS_GOES_ON = 2;

        static RemainingWork of(KeyDistribution keys, RangeEstimate expected, KeyRange range, ListedPage page) {
            KeyRange rest = new KeyRange(page.last(), range.upTo());
            KeyInterpolator interpolator = keys.interpolator(rest);
            KeyInterpolator listed = keys.interpolator(new KeyRange(page.first(), range.upTo()));
            double pages = page.keys() / keys.budget.pageSize();
            double covered = page.first().equals(page.last()) ? 0 : listed.from(page.last());
            double density = covered > 0 ? pages / covered : UNMEASURABLE;
            double left = Math.min(UNMEASURABLE, density * interpolator.width());
            if (!expected.fresh || expected.dense) {
                left = Math.sqrt(left * Math.max(0.5, expected.pages - pages));
            }
            double surplus = expected.surplus;
            if (!expected.fresh || expected.unproven()) {
                double unforeseen = left + pages - expected.pages;
                surplus = Math.max(0, surplus + Math.max(-pages, Math.min(pages, unforeseen)));
            }
            left = Math.max(left, SURPLUS_GOES_ON * surplus);
            if (!rest.bounded()) {
                left = Math.max(left, keys.budget.pages());
            }
            boolean anchored =
                    expected.end.known() ? expected.end.continues(range.upTo()) : expected.dense && expected.fresh;
            return new RemainingWork(
                    interpolator, density, left, surplus, interpolator.hasPrefixes() || (range.bounded() && anchored));
        }
    }
}
