package dev.muster.events;

import dev.muster.events.EventsResult.Polled.Load;
import java.util.HashMap;
import java.util.Map;

/** Messages and bytes held by all destinations together, as far as their pollers and writers have reported. */
final class HeldLoads {
    private final Map<String, Load> byDestination = new HashMap<>();
    private long largestBatch;

    void add(Map<String, Load> handed) {
        handed.forEach((destination, load) -> byDestination.merge(
                destination,
                load,
                (before, more) -> new Load(before.messages() + more.messages(), before.bytes() + more.bytes())));
        largestBatch = Math.max(
                largestBatch, handed.values().stream().mapToLong(Load::bytes).sum());
    }

    /** A destination has let go of messages; with them goes their share of its bytes. */
    void gone(String destination, long messages) {
        byDestination.computeIfPresent(destination, (name, load) -> {
            long left = load.messages() - messages;
            return left <= 0 ? null : new Load(left, Math.round((double) load.bytes() * left / load.messages()));
        });
    }

    void clear() {
        byDestination.clear();
    }

    boolean isEmpty() {
        return byDestination.isEmpty();
    }

    long messages() {
        return byDestination.values().stream().mapToLong(Load::messages).sum();
    }

    long bytes() {
        return byDestination.values().stream().mapToLong(Load::bytes).sum();
    }

    /** The most that one receive has brought so far, which another may bring too. */
    long largestBatch() {
        return largestBatch;
    }
}
