package dev.muster.audit.stats;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;

/**
 * Settings of a tally. All tallies of a run must have equal settings, also after a resumption.
 *
 * @param rankings the requested lists
 * @param limit greatest number of objects in a list; not negative
 * @param asOf instant that ages are relative to: the first start of the run
 */
public record TallySettings(Set<Ranking> rankings, int limit, Instant asOf) {
    public TallySettings {
        rankings = Set.copyOf(rankings);
        requireNonNull(asOf, "asOf is null");
        if (limit < 0) {
            throw new IllegalArgumentException("limit is negative: " + limit);
        }
    }
}
