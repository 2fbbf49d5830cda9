package dev.muster.emulator.queue;

/** Ways in which SQS servers are known to depart from SQS. */
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
    /** Batches are carried out, and the answer does not speak of their entries. */
    SILENT_BATCHES,
    /** Receives are refused since too many messages are in flight. */
    IN_FLIGHT_LIMIT
}
