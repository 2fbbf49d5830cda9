package dev.muster.aws;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** A value computed once, on first use. Thread-safe; a failure to compute it is not kept. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> source;
    private volatile T value;

    Lazy(Supplier<T> source) {
        this.source = requireNonNull(source, "source is null");
    }

    @Override
    public T get() {
        T known = value;
        return known != null ? known : make();
    }

    private synchronized T make() {
        if (value == null) {
            value = source.get();
        }
        return value;
    }

    void ifMade(Consumer<T> action) {
        T known = value;
        if (known != null) {
            action.accept(known);
        }
    }
}
