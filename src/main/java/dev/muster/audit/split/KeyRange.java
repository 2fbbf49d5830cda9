package dev.muster.audit.split;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The keys of a bucket in {@code (after, upTo]}, in UTF-8 byte order.
 *
 * @param after the exclusive lower bound; the empty string lies before every key
 * @param upTo the inclusive upper bound; the empty string stands for the end of the bucket
 */
public record KeyRange(String after, String upTo) {
    public static final KeyRange ALL = new KeyRange("", "");

    public KeyRange {
        requireNonNull(after, "after is null");
        requireNonNull(upTo, "upTo is null");
        if (!upTo.isEmpty() && Keys.compare(after, upTo) >= 0) {
            throw new IllegalArgumentException("a range must end after it starts");
        }
    }

    /**
     * A range with every key that has the prefix, and few others: its bounds lie just before and just after the prefix,
     * so it is not split where there is nothing to find.
     */
    public static KeyRange ofPrefix(String prefix) {
        if (prefix.isEmpty()) {
            return ALL;
        }
        String stem = prefix.substring(0, prefix.offsetByCodePoints(prefix.length(), -1));
        return new KeyRange(
                neighbour(prefix, stem, -1).orElse(stem),
                neighbour(prefix, stem, 1).orElse(""));
    }

    private static Optional<String> neighbour(String prefix, String stem, int step) {
        int symbol = prefix.codePointAt(stem.length()) + step;
        return Optional.of(symbol)
                .filter(valid -> valid >= ' ' && Character.isValidCodePoint(valid))
                .map(valid -> stem + Character.toString(valid))
                .filter(Keys::acceptable);
    }

    public boolean bounded() {
        return !upTo.isEmpty();
    }

    /** Tells whether it may be split at a key, while what lies before its start has been listed. */
    boolean divisibleAt(String key) {
        return contains(key) && !key.equals(upTo) && Keys.acceptable(key, after);
    }

    public boolean contains(String key) {
        return Keys.compare(key, after) > 0 && (!bounded() || Keys.compare(key, upTo) <= 0);
    }
}
