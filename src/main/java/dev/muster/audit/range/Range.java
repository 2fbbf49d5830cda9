package dev.muster.audit.range;

import static java.util.Objects.requireNonNull;

/**
 * The keys of a bucket in {@code (after, upTo]}, in UTF-8 byte order.
 *
 * @param after the exclusive lower bound; the empty string lies before every key
 * @param upTo the inclusive upper bound; the empty string stands for the end of the bucket
 */
public record Range(String after, String upTo) {
    public static final Range ALL = new Range("", "");

    public Range {
        requireNonNull(after, "after is null");
        requireNonNull(upTo, "upTo is null");
        if (!upTo.isEmpty() && Keys.compare(after, upTo) >= 0) {
            throw new IllegalArgumentException("a range must end after it starts");
        }
    }

    public boolean bounded() {
        return !upTo.isEmpty();
    }

    public boolean contains(String key) {
        return Keys.compare(key, after) > 0 && (!bounded() || Keys.compare(key, upTo) <= 0);
    }
}
