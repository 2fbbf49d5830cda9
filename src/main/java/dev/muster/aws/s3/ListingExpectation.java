package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Expectations that a page is checked against while it is read.
 *
 * @param after the key after which the page was requested. Some servers begin with that very key: it is skipped. A key
 *     before it is an error
 * @param id a version of that key, if the page was requested after it: then further versions of the key may come. It is
 *     skipped as well
 * @param anyOrder whether keys may come in any order; the page then says where they did not ascend
 */
public record ListingExpectation(Optional<ObjectKey> after, Optional<String> id, boolean anyOrder) {
    public ListingExpectation {
        requireNonNull(after, "after is null");
        requireNonNull(id, "id is null");
    }

    public static ListingExpectation after(Optional<ObjectKey> key) {
        return new ListingExpectation(key, Optional.empty(), false);
    }

    /** Expectation of a page that begins in the middle of a key, after one of its versions. */
    public static ListingExpectation within(ObjectKey key, String id) {
        return new ListingExpectation(Optional.of(key), Optional.of(id), false);
    }

    ListingExpectation inAnyOrder() {
        return new ListingExpectation(after, id, true);
    }
}
