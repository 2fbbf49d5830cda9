package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.stats.ObjectTally;

/**
 * Everything known about a bucket. Immutable.
 *
 * @param mode the way in which it was listed
 */
public record BucketStats(BucketFacts facts, ObjectTally tally, ListingMode mode) {
    public BucketStats {
        requireNonNull(facts, "facts is null");
        requireNonNull(tally, "tally is null");
        requireNonNull(mode, "mode is null");
    }

    /**
     * Merges the two. If a bucket was listed again in another way, only the later mode counts; like a sum, this is
     * associative and commutative.
     */
    public BucketStats plus(BucketStats other, int limit) {
        BucketFacts both = facts.plus(other.facts);
        int order = mode.compareTo(other.mode);
        if (order != 0) {
            return order > 0 ? new BucketStats(both, tally, mode) : new BucketStats(both, other.tally, other.mode);
        }
        return new BucketStats(both, tally.plus(other.tally, limit), mode);
    }
}
