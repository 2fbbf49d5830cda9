package dev.muster.aws;

import java.util.Map;

/**
 * Requests that were not answered in time, which get double the time each time they are repeated, up to {@value #MOST}
 * times as much. Thread-safe.
 *
 * @param <K> identity of a request
 */
public final class LateAnswers<K> {
    private static final int MOST_DOUBLINGS = 3;

    /** Greatest factor of the time that a request gets. */
    static final int MOST = 1 << MOST_DOUBLINGS;

    /** When there are more than this at a time, the oldest are forgotten. */
    private static final int MOST_REQUESTS = 10_000;

    private final Map<K, Integer> missed = BoundedMap.ofAtMost(MOST_REQUESTS);

    /** Factor of the time that a request gets. */
    public int patience(K request) {
        return missed.isEmpty() ? 1 : 1 << missed.getOrDefault(request, 0);
    }

    /** There was no answer in time. */
    public void missed(K request) {
        missed.merge(request, 1, (before, more) -> Math.min(before + more, MOST_DOUBLINGS));
    }

    /** There was an answer. */
    public void answered(K request) {
        if (!missed.isEmpty()) {
            missed.remove(request);
        }
    }
}
