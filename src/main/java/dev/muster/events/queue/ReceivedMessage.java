package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A received message.
 *
 * @param receiveCount how often it was delivered, this time included
 * @param sentMillis when it was sent, milliseconds since the epoch; {@code Long.MAX_VALUE} if unknown
 * @param defect why the body is not to be read, if it is not
 */
public record ReceivedMessage(
        ReceiptHandle receipt, String body, int receiveCount, long sentMillis, Optional<String> defect) {
    public ReceivedMessage {
        requireNonNull(receipt, "receipt is null");
        requireNonNull(body, "body is null");
        requireNonNull(defect, "defect is null");
    }

    ReceivedMessage broken(String why) {
        return new ReceivedMessage(receipt, body, receiveCount, sentMillis, Optional.of(why));
    }
}
