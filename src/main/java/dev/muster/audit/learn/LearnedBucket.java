package dev.muster.audit.learn;

import java.util.List;

/**
 * What a run has learned of one bucket's keys.
 *
 * @param pages how many pages it took to list them
 * @param quantiles keys that divide them into about equal parts, ascending; at most {@value #MOST_QUANTILES}
 */
public record LearnedBucket(long pages, List<String> quantiles) {
    static final int MOST_QUANTILES = 512;

    /** With fewer there is nothing to divide. */
    private static final int FEWEST_QUANTILES = 5;

    public LearnedBucket {
        quantiles = List.copyOf(quantiles);
        if (pages < 0) {
            throw new IllegalArgumentException("pages is negative: " + pages);
        }
        if (quantiles.size() > MOST_QUANTILES) {
            throw new IllegalArgumentException("more than " + MOST_QUANTILES + " quantiles: " + quantiles.size());
        }
    }

    boolean worthKeeping() {
        return quantiles.size() >= FEWEST_QUANTILES;
    }
}
