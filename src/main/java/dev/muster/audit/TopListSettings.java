package dev.muster.audit;

import dev.muster.audit.stats.Ranking;
import dev.muster.audit.stats.TallySettings;
import java.time.Instant;
import java.util.Set;

/**
 * Settings of the lists of a run.
 *
 * @param limit greatest number of objects in a list; not negative
 */
public record TopListSettings(Set<Ranking> rankings, int limit) {
    public TopListSettings {
        rankings = Set.copyOf(rankings);
        if (limit < 0) {
            throw new IllegalArgumentException("limit is negative: " + limit);
        }
    }

    TallySettings tally(long asOfMillis) {
        return new TallySettings(rankings, limit, Instant.ofEpochMilli(asOfMillis));
    }
}
