package dev.muster.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Facts about a bucket besides its objects. Each task contributes what it learns; null stands for what it does not
 * know.
 *
 * @param creationMillis epoch milliseconds
 */
public record BucketFacts(String region, Long creationMillis) {
    public static final BucketFacts UNKNOWN = new BucketFacts(null, null);

    /** There are few regions, and many buckets in each. */
    public BucketFacts {
        region = region == null ? null : region.intern();
    }

    /** Date on which the bucket was created, if known. */
    public Optional<Instant> creationDate() {
        return Optional.ofNullable(creationMillis).map(Instant::ofEpochMilli);
    }

    /**
     * Merges the two. Where they disagree, the greater value stays; any rule that does not depend on the order would
     * do.
     */
    public BucketFacts plus(BucketFacts other) {
        if (other.equals(UNKNOWN)) {
            return this;
        }
        return new BucketFacts(greater(region, other.region), greater(creationMillis, other.creationMillis));
    }

    private static <T extends Comparable<T>> T greater(T left, T right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.compareTo(right) >= 0 ? left : right;
    }
}
