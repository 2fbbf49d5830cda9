package dev.muster.events.queue;

import java.util.List;
import java.util.Map;

/**
 * The answer to one receive.
 *
 * @param end whether there will never be more
 * @param rejected input that is no message, reasons by line number; only where the input has lines
 */
public record Delivery(List<Received> messages, boolean end, Map<Long, String> rejected) {
    public static final Delivery NONE = of(List.of());

    public Delivery {
        messages = List.copyOf(messages);
        rejected = Map.copyOf(rejected);
    }

    static Delivery of(List<Received> messages) {
        return new Delivery(messages, false, Map.of());
    }
}
