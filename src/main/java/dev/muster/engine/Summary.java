package dev.muster.engine;

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
}
