package dev.muster.audit;

import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.audit.stats.Ranking;
import dev.muster.audit.stats.TallySettings;
import java.time.Instant;
import java.util.Set;

/**
 * Settings of the lists and tables of a run.
 *
 * @param limit greatest number of objects in a list; not negative
 * @param breakdown the tables
 * @param billing whether to count what a bill needs
 */
public record TopListSettings(Set<Ranking> rankings, int limit, BreakdownSettings breakdown, boolean billing) {
    /** Without tables and bill. */
    public TopListSettings(Set<Ranking> rankings, int limit) {
        this(rankings, limit, BreakdownSettings.NONE, false);
    }

    public TopListSettings {
        rankings = Set.copyOf(rankings);
        if (limit < 0) {
            throw new IllegalArgumentException("limit is negative: " + limit);
        }
    }

    public TallySettings tally(long asOfMillis) {
        return new TallySettings(rankings, limit, breakdown, billing, Instant.ofEpochMilli(asOfMillis));
    }
}
