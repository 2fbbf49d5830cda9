package dev.muster.audit.split;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A listed page of a range.
 *
 * @param keys number of keys of the range that the page held; those past the range's end are not counted
 * @param sample some of these keys, ascending: the first, the last, and about every 64th in between
 * @param more whether the range goes on after the last key of the sample: the answer said {@code IsTruncated}, and its
 *     last key lay before the end of the range
 * @param doubtful whether the server's word that nothing follows is not believed; {@code more} is then a guess
 */
public record ListedPage(long keys, List<String> sample, boolean more, boolean doubtful) {
    public ListedPage {
        sample = List.copyOf(requireNonNull(sample, "sample is null"));
        if (more && sample.isEmpty()) {
            throw new IllegalArgumentException("a page that goes on holds a key to go on from");
        }
    }

    public ListedPage(long keys, List<String> sample, boolean more) {
        this(keys, sample, more, false);
    }

    String first() {
        return sample.get(0);
    }

    public String last() {
        return sample.get(sample.size() - 1);
    }
}
