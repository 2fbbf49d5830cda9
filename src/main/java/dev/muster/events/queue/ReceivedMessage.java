package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

/**
 * A received message.
 *
 * @param receiveCount how often it was delivered, this time included
 * @param sentMillis when it was sent, milliseconds since the epoch; {@code Long.MAX_VALUE} if unknown
 */
public record ReceivedMessage(ReceiptHandle receipt, String body, int receiveCount, long sentMillis) {
    public ReceivedMessage {
        requireNonNull(receipt, "receipt is null");
        requireNonNull(body, "body is null");
    }
}
