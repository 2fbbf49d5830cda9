package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answer of a page of a listing, besides its entries.
 *
 * @param truncated whether the page says that the listing goes on after it, whatever its length
 * @param doubtful whether the page is the last one by its own words, and holds as many entries as it may, or has no words
 *     for it: some servers never say that there are more
 * @param saysTruncated the same as the page's {@code IsTruncated} has it; empty if it has none
 * @param lastKey the key after which the listing goes on: that of the last entry, or of a page without entries the one
 *     that it names; empty if there is none
 * @param lastId the id of the last version or upload, after which the listing goes on within the last key; empty if
 *     other things were listed, or if it is unknown
 * @param nextToken the token with which the next page can be asked for; empty if the page names none
 * @param commonPrefixes in the order of the page, decoded
 * @param sample some keys, evenly spread, ascending
 * @param disorder the first place where keys did not ascend, of a page that may come in any order
 * @param headers those of the answer
 */
public record ListingPage(
        boolean truncated,
        boolean doubtful,
        Optional<Boolean> saysTruncated,
        Optional<ObjectKey> lastKey,
        Optional<String> lastId,
        Optional<String> nextToken,
        List<ObjectKey> commonPrefixes,
        List<ObjectKey> sample,
        Optional<KeyOrderException> disorder,
        Map<String, List<String>> headers) {
    /** A page with more is malformed. S3 gives 1,000 entries, and a server that ignores such a limit gives some thousands. */
    static final int MOST_ENTRIES = 100_000;

    /** A page with more is malformed, as it might not end at all. */
    public static final int MOST_BYTES = 64 * 1024 * 1024;

    public ListingPage {
        requireNonNull(lastKey, "lastKey is null");
        requireNonNull(lastId, "lastId is null");
        requireNonNull(nextToken, "nextToken is null");
        commonPrefixes = List.copyOf(commonPrefixes);
        sample = List.copyOf(sample);
        requireNonNull(disorder, "disorder is null");
        headers = Map.copyOf(headers);
    }

    ListingPage withHeaders(Map<String, List<String>> given) {
        return new ListingPage(
                truncated,
                doubtful,
                saysTruncated,
                lastKey,
                lastId,
                nextToken,
                commonPrefixes,
                sample,
                disorder,
                given);
    }

    /** The same, its words believed. */
    public ListingPage withoutDoubt() {
        return new ListingPage(
                truncated, false, saysTruncated, lastKey, lastId, nextToken, commonPrefixes, sample, disorder, headers);
    }

    /** Tells whether the listing may go on after this page. */
    public boolean mayGoOn() {
        return truncated || doubtful;
    }
}
