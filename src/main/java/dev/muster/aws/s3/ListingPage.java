package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of a listing without its entries.
 *
 * @param truncated whether the page says that the listing continues after it
 * @param doubtful whether the page claims to be the last one but is full or names a token of the next one, or does not say:
 *     some servers never say that there are more
 * @param saysTruncated value of the page's {@code IsTruncated}; empty if it has none
 * @param lastKey the key after which the listing continues: that of the last entry, or the one that a page without
 *     entries names; empty if there is none
 * @param escapedEnd whether the last entry's key came with escapes, or what looks like them: not every server escapes as it
 *     says, so that another key than that may be meant
 * @param lastId the id of the last version or upload, after which the listing continues within the last key; empty if
 *     something else was listed, or it is unknown
 * @param nextToken the token for requesting the next page; empty if the page names none
 * @param commonPrefixes in the order of the page, decoded
 * @param sample some keys, evenly spread, ascending
 * @param disorder the first place where keys did not ascend, in a page that may come in any order
 * @param headers the headers of the answer
 */
public record ListingPage(
        boolean truncated,
        boolean doubtful,
        Optional<Boolean> saysTruncated,
        Optional<ObjectKey> lastKey,
        boolean escapedEnd,
        Optional<String> lastId,
        Optional<String> nextToken,
        List<ObjectKey> commonPrefixes,
        List<ObjectKey> sample,
        Optional<KeyOrderException> disorder,
        Map<String, List<String>> headers) {
    /**
     * A page with more entries is malformed. S3 sends 1,000, and servers that ignore this limit send some thousands.
     */
    static final int MOST_ENTRIES = 100_000;

    /** A longer page is malformed, as it might never end. */
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
                escapedEnd,
                lastId,
                nextToken,
                commonPrefixes,
                sample,
                disorder,
                given);
    }

    /** The same page, with its claims believed. */
    public ListingPage withoutDoubt() {
        return new ListingPage(
                truncated,
                false,
                saysTruncated,
                lastKey,
                escapedEnd,
                lastId,
                nextToken,
                commonPrefixes,
                sample,
                disorder,
                headers);
    }

    /** Tells whether the listing may continue after this page. */
    public boolean mayGoOn() {
        return truncated || doubtful;
    }

    /**
     * A page's keys do not ascend in unsigned UTF-8 byte order, or do not come after the key that was asked for. The server
     * sorts differently from S3, so a listing continued by key would lose or repeat objects.
     */
    public static final class KeyOrderException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public KeyOrderException(ObjectKey previous, ObjectKey key) {
            super("the server's keys are not in UTF-8 byte order: \"" + key + "\" came after \"" + previous + "\"");
        }
    }
}
