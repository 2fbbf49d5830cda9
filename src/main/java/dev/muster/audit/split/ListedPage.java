package dev.muster.audit.split;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A listed page of a range, or several that follow each other.
 *
 * @param keys number of keys of the range that the page held; those past the range's end are not counted
 * @param sample some of these keys, ascending: the first, the last, and about every 64th in between
 * @param more whether the range goes on after the last key of the sample: the answer said {@code IsTruncated}, and its
 *     last key lay before the end of the range
 * @param doubtful whether the server's word that nothing follows is not believed; {@code more} is then a guess
 * @param requests number of pages
 */
public record ListedPage(long keys, List<String> sample, boolean more, boolean doubtful, int requests) {
    /** Keys of several pages that are kept: enough to learn from, and little to send. */
    private static final int MOST_SAMPLED = 64;

    public ListedPage {
        requests = Math.max(1, requests);
        sample = List.copyOf(requireNonNull(sample, "sample is null"));
        if (more && sample.isEmpty()) {
            throw new IllegalArgumentException("a page that goes on holds a key to go on from");
        }
    }

    public ListedPage(long keys, List<String> sample, boolean more) {
        this(keys, sample, more, false);
    }

    /** One page. */
    public ListedPage(long keys, List<String> sample, boolean more, boolean doubtful) {
        this(keys, sample, more, doubtful, 1);
    }

    /** This and the pages behind it as one. */
    public ListedPage followedBy(ListedPage next) {
        List<String> all = new ArrayList<>(sample);
        all.addAll(next.sample);
        while (all.size() > MOST_SAMPLED) {
            all = everySecond(all);
        }
        return new ListedPage(keys + next.keys, all, next.more, next.doubtful, requests + next.requests);
    }

    /** Every second key, and the last one. */
    private static List<String> everySecond(List<String> keys) {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (i % 2 == 0 || i == keys.size() - 1) {
                some.add(keys.get(i));
            }
        }
        return some;
    }

    String first() {
        return sample.get(0);
    }

    public String last() {
        return sample.get(sample.size() - 1);
    }
}
