package dev.muster.emulator.queue;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Faults of queues, beyond those of any request. Rates are shares, from 0 to 1.
 *
 * @param failedEntryRate share of batch entries that fail with an internal error
 * @param expiredReceiptRate share of batch entries that fail as if their receipt were no longer valid
 * @param duplicateRate share of received messages that are visible again at once, so that they are delivered a second
 *     time
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

    /** Deviations from SQS that occur in SQS servers. */
    public enum QueueDeviation {
        /** {@code MD5OfBody} of every message is wrong. */
        WRONG_DIGESTS,
        /** The body of the first message of an answer is damaged, once; its digest is right. */
        DAMAGES_A_BODY_ONCE,
        /** Bodies are damaged, each time in another way; their digests are right. */
        DAMAGES_BODIES,
        /** Attributes of messages are in other forms than SQS has: exponents, blanks, words. */
        ODD_ATTRIBUTES,
        /** Messages come without attributes. */
        NO_ATTRIBUTES,
        /** Batches are carried out, but the answer does not mention their entries. */
        SILENT_BATCHES,
        /** Deletions are confirmed and not carried out. */
        IGNORED_DELETIONS,
        /** Batches of several entries are refused as a whole, as if one of the receipts were not valid. */
        REFUSED_BATCHES,
        /** Receives are refused since too many messages are in flight. */
        IN_FLIGHT_LIMIT
    }
}
