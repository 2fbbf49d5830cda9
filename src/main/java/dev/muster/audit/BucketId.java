package dev.muster.audit;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A bucket and the account that owns it.
 *
 * @param account the account's id; empty if it could not be found out
 */
public record BucketId(String account, String bucket) implements Comparable<BucketId> {
    private static final Comparator<BucketId> ORDER =
            Comparator.comparing(BucketId::account).thenComparing(BucketId::bucket);

    public BucketId {
        requireNonNull(account, "account is null");
        requireNonNull(bucket, "bucket is null");
    }

    @Override
    public int compareTo(BucketId other) {
        return ORDER.compare(this, other);
    }
}
