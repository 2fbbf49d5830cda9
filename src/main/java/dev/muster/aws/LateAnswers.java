package dev.muster.aws;

import java.util.Map;

/**
 * Requests that were not answered in time: it doubles when they are made again, and once more. Thread-safe.
 *
 * @param <K> a request as it is known again
 */
public final class LateAnswers<K> {
    private static final int MOST_DOUBLINGS = 2;

    /** With more of them at a time, the first ones are forgotten. */
    private static final int MOST = 10_000;

    private final Map<K, Integer> missed = BoundedMap.ofAtMost(MOST);

    /** The factor of the time that a request gets. */
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
