package dev.muster.engine.queue;

import java.util.HashMap;
import java.util.Map;

/** How often each item was merged, and how often given up. */
record Tally(Map<Integer, Integer> items, Map<Integer, Integer> abandoned) {
    Tally() {
        this(new HashMap<>(), new HashMap<>());
    }

    static Tally of(int item) {
        return new Tally(Map.of(item, 1), Map.of());
    }

    static Tally abandoned(int item) {
        return new Tally(Map.of(), Map.of(item, 1));
    }

    void add(Tally other) {
        other.items.forEach((item, times) -> items.merge(item, times, Integer::sum));
        other.abandoned.forEach((item, times) -> abandoned.merge(item, times, Integer::sum));
    }

    Tally copy() {
        return new Tally(new HashMap<>(items), new HashMap<>(abandoned));
    }
}
