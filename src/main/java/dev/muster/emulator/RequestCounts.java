package dev.muster.emulator;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Number of requests received of each kind, whatever became of them. */
public final class RequestCounts {
    private final Map<String, LongAdder> byOperation = new ConcurrentHashMap<>();

    RequestCounts() {}

    void count(String operation) {
        byOperation.computeIfAbsent(operation, key -> new LongAdder()).increment();
    }

    /** Requests for one operation, such as {@code ListObjectsV2}. */
    public long of(String operation) {
        LongAdder count = byOperation.get(operation);
        return count == null ? 0 : count.sum();
    }

    public long total() {
        return byOperation.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Requests by operation, sorted by name. */
    public Map<String, Long> byOperation() {
        Map<String, Long> counts = new TreeMap<>();
        byOperation.forEach((operation, count) -> counts.put(operation, count.sum()));
        return counts;
    }

    /** Starts again at 0. */
    public void reset() {
        byOperation.clear();
    }
}
