package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import dev.muster.events.queue.MessageSource.ReceiptHandle;

/** A message on its way to a destination. */
public record InFlightMessage(ReceiptHandle receipt, Content content) {
    public InFlightMessage {
        requireNonNull(receipt, "receipt is null");
        requireNonNull(content, "content is null");
    }
}
