package dev.muster.engine;

import java.util.HashMap;
import java.util.Map;

/** Number of times each item was merged, and given up. */
record TaskTally(Map<Integer, Integer> items, Map<Integer, Integer> abandoned) {
    TaskTally() {
        this(new HashMap<>(), new HashMap<>());
    }

    static TaskTally of(int item) {
        return new TaskTally(Map.of(item, 1), Map.of());
    }

    static TaskTally abandoned(int item) {
        return new TaskTally(Map.of(), Map.of(item, 1));
    }

    void add(TaskTally other) {
        other.items.forEach((item, times) -> items.merge(item, times, Integer::sum));
        other.abandoned.forEach((item, times) -> abandoned.merge(item, times, Integer::sum));
    }

    TaskTally copy() {
        return new TaskTally(new HashMap<>(items), new HashMap<>(abandoned));
    }
}
