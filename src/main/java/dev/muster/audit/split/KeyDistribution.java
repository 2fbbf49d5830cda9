package dev.muster.audit.split;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run has learned of one bucket: hints only, in bounded memory, never needed for a right result. Without it, as
 * after a resume, the policy learns anew.
 */
public final class KeyDistribution {
    /** How many quantiles there are at most. */
    public static final int MOST_QUANTILES = 512;

    private static final int MOST_STRETCHES = 4096;
    private static final int MOST_PROBES = 1000;

    final AlphabetIndex alphabets = new AlphabetIndex();
    final KnownPrefixes landmarks = new KnownPrefixes();
    final SplitBudget budget = new SplitBudget();
    private final Map<String, RangeEstimate> stretches = new LinkedHashMap<>();
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
     * Keys that divide what was listed into about equal parts, ascending; at most {@value #MOST_QUANTILES}, for
     * {@link #of(List)}.
     */
    public List<String> quantiles() {
        return List.copyOf(quantiles);
    }

    List<String> earlierQuantiles() {
        return earlier;
    }

    /** How many pages are thought to be left in the ranges handed out. */
    double pending() {
        return Math.max(0, pending);
    }

    /** How many pages each lister may have if all are to end together. */
    double fairShare(double estimate, int spare) {
        return FairShare.of(stretches.values(), estimate, spare);
    }

    int ranges() {
        return stretches.size();
    }

    /** Hears of the demand at each page, and tells for how many rounds through all ranges some lister has been idle. */
    double idleRounds(int spare) {
        roundsIdle = spare > 1 ? roundsIdle + 1 : 0;
        return roundsIdle / (stretches.size() + 1.0);
    }

    void handOut(KeyRange range, RangeEstimate stretch) {
        if (stretches.size() < MOST_STRETCHES) {
            stretches.put(range.after(), stretch);
            pending += stretch.estimate;
        }
    }

    RangeEstimate takeBack(KeyRange range) {
        RangeEstimate stretch = stretches.remove(range.after());
        if (stretch == null) {
            return RangeEstimate.unknown(range);
        }
        pending -= stretch.estimate;
        return stretch;
    }

    /** Whether a prefix is worth a probe still; it is then taken as probed. */
    boolean mayProbe(String prefix) {
        return probed.size() < Math.min(MOST_PROBES, 6 + budget.requests() / 100) && probed.add(prefix);
    }

    /** Learns from a page of a range; returns the keys of its sample as symbols. */
    int[][] learn(RangeEstimate stretch, KeyRange range, ListedPage page) {
        budget.listed(page);
        if (stretch.guessed()) {
            budget.guessed(page.keys() > 0);
        }
        int[][] keys = page.sample().stream().map(Keys::symbols).toArray(int[][]::new);
        int[][] all = Boundary.join(stretch.tail, keys);
        alphabets.learn(all, Math.max(1, stretch.tail.length), all.length);
        if (keys.length > 0 && stretch.guessed()) {
            stretch.start.listedAfter(range.after(), keys, alphabets);
        }
        if (page.more()) {
            remember(page.last());
        } else if (all.length > 0) {
            stretch.end.listedBefore(all, alphabets);
        } else if (stretch.guessed()) {
            mergeBoundaries(stretch, range);
        }
        return keys;
    }

    private void mergeBoundaries(RangeEstimate empty, KeyRange range) {
        empty.start.emptyUpTo(empty.end, range.after(), alphabets);
        stretches.computeIfPresent(
                range.upTo(), (after, right) -> right.start == empty.end ? right.startingAt(empty.start) : right);
    }

    private void remember(String last) {
        if (++pagesSinceQuantile < pagesPerQuantile) {
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
}
