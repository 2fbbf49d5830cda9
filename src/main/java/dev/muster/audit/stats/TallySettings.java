package dev.muster.audit.stats;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.prefix.BreakdownSettings;
import java.time.Instant;
import java.util.Set;

/**
 * Settings of a tally. All tallies of a run must have equal settings, also after a resumption.
 *
 * @param rankings the requested lists
 * @param limit greatest number of objects in a list; not negative
 * @param breakdown the requested tables
 * @param billing whether to count what a bill needs
 * @param asOf instant that ages are relative to: the first start of the run
 */
public record TallySettings(
        Set<Ranking> rankings, int limit, BreakdownSettings breakdown, boolean billing, Instant asOf) {
    /** Without tables and bill. */
    public TallySettings(Set<Ranking> rankings, int limit, Instant asOf) {
        this(rankings, limit, BreakdownSettings.NONE, false, asOf);
    }

    public TallySettings {
        rankings = Set.copyOf(rankings);
        requireNonNull(breakdown, "breakdown is null");
        requireNonNull(asOf, "asOf is null");
        if (limit < 0) {
            throw new IllegalArgumentException("limit is negative: " + limit);
        }
    }
}
