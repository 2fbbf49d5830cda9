package dev.muster.audit.split;

import dev.muster.audit.split.KeyInterpolator.KnownPrefixes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Knowledge of a run about one bucket's keys: hints in bounded memory, never needed for a correct result. Without
 * it, as after a resumption, the policy learns again.
 */
public final class KeyDistribution {
    /** Greatest number of quantiles. */
    public static final int MOST_QUANTILES = 512;

    private static final int MOST_RANGES = 4096;
    private static final int MOST_PROBES = 1000;
    /** Pages of one task at most: the coordinator's part of each is then small beside the rest. */
    private static final int MOST_PAGES = 32;
    /** A task may take this part of what was listed so far by a lister: so much later may the last one end. */
    private static final int PART_OF_LISTED = 128;
    /** And this part of what is believed to be left of its range. */
    private static final int PART_OF_LEFT = 8;

    final AlphabetIndex alphabets = new AlphabetIndex();
    final KnownPrefixes prefixes = new KnownPrefixes();
    final SplitBudget budget = new SplitBudget();
    private final Map<String, RangeEstimate> ranges = new LinkedHashMap<>();
    private final Set<String> probed = new HashSet<>();
    private final NavigableSet<String> quantiles = new TreeSet<>(Keys::compare);
    private final List<String> earlier;
    private int pagesPerQuantile = 1;
    private int pagesSinceQuantile;
    private double pending;
    private int roundsIdle;

    public KeyDistribution() {
        this(List.of());
    }

    private KeyDistribution(List<String> earlier) {
        this.earlier = earlier;
    }

    /** Starts from the quantiles of an earlier run; if the bucket has changed since, that costs speed only. */
    public static KeyDistribution of(List<String> quantiles) {
        TreeSet<String> sorted = new TreeSet<>(Keys::compare);
        sorted.addAll(quantiles);
        sorted.remove("");
        return new KeyDistribution(List.copyOf(sorted));
    }

    /**
     * Keys that divide the keys listed so far into about equal parts, ascending; at most {@value #MOST_QUANTILES}, for
     * {@link #of(List)}.
     */
    public List<String> quantiles() {
        return List.copyOf(quantiles);
    }

    List<String> earlierQuantiles() {
        return earlier;
    }

    KeyInterpolator interpolator(KeyRange range) {
        return new KeyInterpolator(alphabets, prefixes, range);
    }

    /** Number of pages expected in the ranges handed out. */
    public double pending() {
        return Math.max(0, pending);
    }

    /**
     * Number of pages of a range to list in a task while no lister is idle. As in guided self-scheduling (Polychronopoulos and
     * Kuck, 1987) it falls with what is left, so that the listers end together; as nobody knows how much that is, it does not
     * exceed a small part of what each has listed.
     */
    public int pagesAtATime(KeyRange range) {
        RangeEstimate expected = ranges.get(range.after());
        if (expected == null) {
            return 1;
        }
        double least = Math.min(expected.pages / PART_OF_LEFT, budget.pages() / ranges.size() / PART_OF_LISTED);
        return (int) Math.max(1, Math.min(MOST_PAGES, least));
    }

    /** Number of ranges handed out. */
    int ranges() {
        return ranges.size();
    }

    /**
     * Takes the demand at each page; returns the number of rounds through all ranges during which some lister was idle.
     */
    double idleRounds(int spare) {
        roundsIdle = spare > 1 ? roundsIdle + 1 : 0;
        return roundsIdle / (ranges.size() + 1.0);
    }

    void handOut(KeyRange range, RangeEstimate expected) {
        if (ranges.size() < MOST_RANGES) {
            ranges.put(range.after(), expected);
            pending += expected.pages;
        }
    }

    RangeEstimate takeBack(KeyRange range) {
        RangeEstimate expected = ranges.remove(range.after());
        if (expected == null) {
            return RangeEstimate.unknown(range);
        }
        pending -= expected.pages;
        return expected;
    }

    /** Tells whether a prefix is still worth a probe, and notes it as probed. */
    boolean mayProbe(String prefix) {
        return probed.size() < Math.min(MOST_PROBES, 6 + budget.requests() / 100) && probed.add(prefix);
    }

    /** Learns from a page of a range; returns its sample keys as symbols. */
    int[][] learn(RangeEstimate expected, KeyRange range, ListedPage page) {
        budget.listed(page);
        if (expected.unproven()) {
            budget.tried(page.keys() > 0);
        }
        int[][] keys = page.sample().stream().map(Keys::symbols).toArray(int[][]::new);
        int[][] all = RangeEstimate.join(expected.tail, keys);
        alphabets.learn(all, Math.max(1, expected.tail.length), all.length);
        if (keys.length > 0 && expected.unproven()) {
            expected.start.listedAfter(range.after(), keys, alphabets);
        }
        if (page.more()) {
            remember(page.last(), page.requests());
        } else if (all.length > 0) {
            expected.end.listedBefore(all, alphabets);
        } else if (expected.unproven()) {
            mergeBoundaries(expected, range);
        }
        return keys;
    }

    private void mergeBoundaries(RangeEstimate empty, KeyRange range) {
        empty.start.emptyUpTo(empty.end, range.after(), alphabets);
        ranges.computeIfPresent(
                range.upTo(), (after, right) -> right.start == empty.end ? right.startingAt(empty.start) : right);
    }

    private void remember(String last, int pages) {
        pagesSinceQuantile += pages;
        if (pagesSinceQuantile < pagesPerQuantile) {
            return;
        }
        pagesSinceQuantile = 0;
        quantiles.add(last);
        if (quantiles.size() > MOST_QUANTILES) {
            List<String> all = new ArrayList<>(quantiles);
            for (int i = 0; i < all.size(); i += 2) {
                quantiles.remove(all.get(i));
            }
            pagesPerQuantile *= 2;
        }
    }

    /**
     * Number of pages for each lister so that all end together.
     *
     * @param pages the pages of one more range
     * @param spare number of listers without a range
     */
    double fairShare(double pages, int spare) {
        return FairShare.of(ranges.values(), pages, spare);
    }

    /**
     * Size of pieces with which each lister gets one. The mean will not do: a single range believed to be huge makes it
     * so large that no other range is split while listers are idle.
     */
    private static final class FairShare {
        /** Most pieces that one range is split into at once, whatever it is believed to hold. */
        private static final int MOST_PIECES = 5;

        private static final double SMALLEST = 1;
        private static final int HALVINGS = 7;

        /**
         * Just above the largest size, in pages, at which the ranges, each split into pieces of about that size, occupy
         * all listers: the smallest one found at which they do not.
         */
        static double of(Collection<RangeEstimate> ranges, double onePages, int spare) {
            double[] pages = new double[ranges.size() + 1];
            int count = 0;
            double high = 2 * SMALLEST;
            for (RangeEstimate range : ranges) {
                pages[count++] = range.pages;
                high = Math.max(high, range.pages);
            }
            pages[count] = onePages;
            high = Math.max(high, onePages);
            double low = SMALLEST;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = Math.sqrt(low * high);
                if (pieces(pages, middle) < ranges.size() + spare) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return high;
        }

        private static int pieces(double[] pages, double size) {
            double perPage = 1 / size;
            int pieces = 0;
            for (double each : pages) {
                pieces += Math.max(1, Math.min(MOST_PIECES, (int) (each * perPage + 0.5)));
            }
            return pieces;
        }
    }
}
