package dev.muster.events.day;

import static java.util.Objects.requireNonNull;

import dev.muster.events.queue.Receipt;

/** A message on its way to a destination. */
public record Parcel(Receipt receipt, Content content) {
    public Parcel {
        requireNonNull(receipt, "receipt is null");
        requireNonNull(content, "content is null");
    }
}
