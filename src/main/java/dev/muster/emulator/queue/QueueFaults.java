package dev.muster.emulator.queue;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Faults of queues, beyond those of any request. Rates are shares, from 0 to 1.
 *
 * @param failedEntryRate entries of a batch answered with an internal error, not carried out
 * @param expiredReceiptRate entries of a batch answered as if their receipt were no longer valid, not carried out
 * @param duplicateRate received messages that are visible again at once, so that they are delivered a second time
 * @param shuffled whether the messages of an answer are out of order
 */
public record QueueFaults(double failedEntryRate, double expiredReceiptRate, double duplicateRate, boolean shuffled) {
    public static final QueueFaults NONE = new QueueFaults(0, 0, 0, false);

    public QueueFaults {
        for (double rate : new double[] {failedEntryRate, expiredReceiptRate, duplicateRate}) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("a rate must be from 0 to 1: " + rate);
            }
        }
    }

    static boolean happens(double rate) {
        return ThreadLocalRandom.current().nextDouble() < rate;
    }
}
