package dev.muster.audit.stats;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;

/**
 * Settings of a tally. All tallies of a run must be made under equal terms, a resumed run's too.
 *
 * @param rankings the lists asked for
 * @param limit the most objects in a list; not negative
 * @param asOf the instant that ages are relative to: the start of the run, the first one where it was resumed
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
