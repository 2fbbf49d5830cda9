package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

/**
 * A received message.
 *
 * @param receiveCount how often it was delivered, this time included
 * @param sentMillis when it was sent, milliseconds since the epoch; {@code Long.MAX_VALUE} if unknown
 */
public record Received(Receipt receipt, String body, int receiveCount, long sentMillis) {
    public Received {
        requireNonNull(receipt, "receipt is null");
        requireNonNull(body, "body is null");
    }
}
