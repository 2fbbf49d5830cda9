package dev.muster.aws.list;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a page is held against while it is read.
 *
 * @param after the key after which the page was asked for; a key at or before it is an error
 * @param again whether that key itself may come, as the page was asked for after one of its versions
 * @param ordered whether keys must ascend; false for directory buckets, which S3 does not sort
 * @param sampleEvery the first key and every so-many-th key after it goes into the page's sample; at least 1
 */
public record ListingTerms(Optional<ObjectKey> after, boolean again, boolean ordered, int sampleEvery) {
    private static final int SAMPLE_EVERY = 64;

    public ListingTerms {
        requireNonNull(after, "after is null");
        if (sampleEvery < 1) {
            throw new IllegalArgumentException("sampleEvery is not positive: " + sampleEvery);
        }
    }

    /** For a page of a general purpose bucket. */
    public static ListingTerms after(Optional<ObjectKey> key) {
        return new ListingTerms(key, false, true, SAMPLE_EVERY);
    }

    /** For a page of a general purpose bucket that begins in the middle of a key, after one of its versions. */
    public static ListingTerms within(ObjectKey key) {
        return new ListingTerms(Optional.of(key), true, true, SAMPLE_EVERY);
    }
}
