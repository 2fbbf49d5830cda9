package dev.muster.inventory.segment;

import static java.util.Objects.requireNonNull;

import dev.muster.audit.BucketId;
import dev.muster.audit.ListingMode;
import dev.muster.aws.s3.ObjectKey;
import java.util.Comparator;

/**
 * Rows that one task has listed, kept under a name until they are written to a data file.
 *
 * @param region of the bucket
 * @param mode the way in which the bucket was listed: rows do not count where it was listed anew in a later one
 * @param rows at least 1
 * @param first the least key
 * @param last the greatest key; rows of a bucket that is no directory bucket lie in key order between the two
 */
public record Segment(
        String name, BucketId bucket, String region, ListingMode mode, long rows, ObjectKey first, ObjectKey last) {
    /** Order of rows in an inventory: by the bucket's name, then by key. */
    public static final Comparator<Segment> ORDER = Comparator.comparing(
                    (Segment segment) -> segment.bucket().bucket())
            .thenComparing(segment -> segment.bucket().account())
            .thenComparing(Segment::first)
            .thenComparing(Segment::last);

    public Segment {
        requireNonNull(name, "name is null");
        requireNonNull(bucket, "bucket is null");
        requireNonNull(region, "region is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
    }
}
