package dev.muster.events.queue;

import java.util.List;
import java.util.Map;

/**
 * The answer to one receive.
 *
 * @param end whether there will never be more
 * @param rejected input that is no message, reasons by line number; only where the input has lines
 */
public record ReceiveResult(List<ReceivedMessage> messages, boolean end, Map<Long, String> rejected) {
    public static final ReceiveResult NONE = of(List.of());

    public ReceiveResult {
        messages = List.copyOf(messages);
        rejected = Map.copyOf(rejected);
    }

    static ReceiveResult of(List<ReceivedMessage> messages) {
        return new ReceiveResult(messages, false, Map.of());
    }
}
