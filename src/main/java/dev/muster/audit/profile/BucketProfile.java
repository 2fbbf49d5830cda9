package dev.muster.audit.profile;

import dev.muster.audit.split.KeyDistribution;
import java.util.List;

/**
 * Knowledge of an earlier run about one bucket's keys.
 *
 * @param pages number of pages it took to list them
 * @param quantiles keys that divide them into about equal parts, ascending; at most {@code
 *     KeyDistribution.MOST_QUANTILES}
 */
public record BucketProfile(long pages, List<String> quantiles) {
    /** Number of pages below which there is nothing to divide. */
    private static final int FEWEST_QUANTILES = 5;

    public BucketProfile {
        quantiles = List.copyOf(quantiles);
        if (pages < 0) {
            throw new IllegalArgumentException("pages is negative: " + pages);
        }
        if (quantiles.size() > KeyDistribution.MOST_QUANTILES) {
            throw new IllegalArgumentException(
                    "more than " + KeyDistribution.MOST_QUANTILES + " quantiles: " + quantiles.size());
        }
    }

    boolean worthKeeping() {
        return quantiles.size() >= FEWEST_QUANTILES;
    }
}
