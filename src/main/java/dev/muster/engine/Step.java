package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Outcome of one task: a partial for the summary and further tasks. The two are taken together (invariant 2).
 */
public record Step<T, P>(Optional<P> partial, List<T> next) {
    public Step {
        requireNonNull(partial, "partial is null");
        next = List.copyOf(next);
    }

    public static <T, P> Step<T, P> of(P partial) {
        return new Step<>(Optional.of(partial), List.of());
    }

    public static <T, P> Step<T, P> of(P partial, List<T> next) {
        return new Step<>(Optional.of(partial), next);
    }

    public static <T, P> Step<T, P> next(List<T> next) {
        return new Step<>(Optional.empty(), next);
    }
}
