package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a listing's page said, besides its objects.
 *
 * @param truncated whether the listing goes on after this page; the only thing that says so, whatever the page's length
 * @param lastKey the key after which the listing goes on, that of the last entry; empty if there is none
 * @param lastVersionId the version after which the listing goes on within the last key; empty unless versions were
 *     listed
 * @param commonPrefixes in the order of the page, decoded
 * @param sample some keys, evenly spread, ascending
 */
public record ListingPage(
        boolean truncated,
        Optional<ObjectKey> lastKey,
        Optional<String> lastVersionId,
        List<ObjectKey> commonPrefixes,
        List<ObjectKey> sample) {
    public ListingPage {
        requireNonNull(lastKey, "lastKey is null");
        requireNonNull(lastVersionId, "lastVersionId is null");
        commonPrefixes = List.copyOf(commonPrefixes);
        sample = List.copyOf(sample);
    }
}
