package dev.muster.audit;

import dev.muster.audit.tally.Ranking;
import dev.muster.audit.tally.TallyTerms;
import java.time.Instant;
import java.util.Set;

/**
 * The lists that a run asks for.
 *
 * @param limit the most objects in a list; not negative
 */
public record ListTerms(Set<Ranking> rankings, int limit) {
    public ListTerms {
        rankings = Set.copyOf(rankings);
        if (limit < 0) {
            throw new IllegalArgumentException("limit is negative: " + limit);
        }
    }

    TallyTerms tally(long asOfMillis) {
        return new TallyTerms(rankings, limit, Instant.ofEpochMilli(asOfMillis));
    }
}
