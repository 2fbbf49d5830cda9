package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.stats.ObjectTally;

/** All that is known of a bucket. Immutable. */
public record BucketStats(BucketFacts facts, ObjectTally tally) {
    public BucketStats {
        requireNonNull(facts, "facts is null");
        requireNonNull(tally, "tally is null");
    }

    public BucketStats plus(BucketStats other, int limit) {
        return new BucketStats(facts.plus(other.facts), tally.plus(other.tally, limit));
    }
}
