package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * State of a queue, as it says itself: numbers are approximate, and may lag behind by up to a minute.
 *
 * @param visible messages that could be received
 * @param hidden messages that somebody has received and not deleted, and those behind them in a FIFO group
 * @param delayed messages that are not to be received yet
 * @param maxReceiveCount receives after which a message goes to the dead-letter queue; empty where there is none
 */
public record QueueDepth(long visible, long hidden, long delayed, Optional<String> maxReceiveCount) {
    public QueueDepth {
        requireNonNull(maxReceiveCount, "maxReceiveCount is null");
    }

    /** Messages on the queue, in whatever state. */
    public long messages() {
        return visible + hidden + delayed;
    }
}
