package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Expectation that a page is checked against while it is read.
 *
 * @param after the key after which the page was asked for; a key at or before it is an error
 * @param again whether that key itself may come, as the page was asked for after one of its versions
 */
public record ListingExpectation(Optional<ObjectKey> after, boolean again) {
    public ListingExpectation {
        requireNonNull(after, "after is null");
    }

    public static ListingExpectation after(Optional<ObjectKey> key) {
        return new ListingExpectation(key, false);
    }

    /** For a page that begins in the middle of a key, after one of its versions. */
    public static ListingExpectation within(ObjectKey key) {
        return new ListingExpectation(Optional.of(key), true);
    }
}
