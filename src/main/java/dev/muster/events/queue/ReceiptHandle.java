package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

/**
 * Handle to act on a received message.
 *
 * @param messageId the same at each delivery
 * @param handle the receipt handle of one delivery; the latest one counts
 */
public record ReceiptHandle(String messageId, String handle) {
    public ReceiptHandle {
        requireNonNull(messageId, "messageId is null");
        requireNonNull(handle, "handle is null");
    }
}
