package dev.muster.engine;

import java.util.Map;

/**
 * Merges partial results. {@code merge} is associative, and commutative wherever order cannot be promised: partials
 * arrive in the order in which tasks complete.
 *
 * @param <P> a partial result, readable by Jackson, as checkpoints hold it
 */
public interface Summary<P> {
    /** A new neutral element. */
    P empty();

    /** Merges two partials. It may change and return {@code left}, never {@code right}. */
    P merge(P left, P right);

    /** Tells whether the partial of a run that came to its end lacks nothing: tasks that were given up may be made up for. */
    boolean complete(P partial);

    /** Named counts for progress, such as {@code objects} and {@code bytes}; called a few times a second. */
    default Map<String, Long> counts(P partial) {
        return Map.of();
    }
}
