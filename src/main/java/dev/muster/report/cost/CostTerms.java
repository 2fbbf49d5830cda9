package dev.muster.report.cost;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Terms of a cost report.
 *
 * @param prices empty if nothing is to be said in money
 * @param withoutPrices the reason for that, in words; empty with prices
 * @param prefix of the keys that were counted; empty for all
 * @param versions whether noncurrent versions were counted
 * @param uploads whether incomplete uploads were counted
 * @param filtered whether only some objects were counted, so that no finding is true
 */
public record CostTerms(
        Optional<PriceTable> prices,
        String withoutPrices,
        String prefix,
        boolean versions,
        boolean uploads,
        boolean filtered) {
    public CostTerms {
        requireNonNull(prices, "prices is null");
        requireNonNull(withoutPrices, "withoutPrices is null");
        requireNonNull(prefix, "prefix is null");
    }
}
