package dev.muster.events;

/** Counts of an events run. */
public enum EventCount {
    /** Messages received, including repeated deliveries. */
    RECEIVED,
    /** Messages that became a line. */
    KEPT,
    /** Messages that the rules drop. */
    DROPPED,
    /** Messages that cannot be turned into a line and were set aside. */
    QUARANTINED,
    /**
     * Messages that cannot be turned into a line and are left to the queue's redrive policy. They come again until it
     * removes them.
     */
    LEFT,
    /** Kept messages whose line was there already, in the file or in the same merge. */
    DUPLICATES,
    /** Messages deleted from the queue. */
    DELETED,
    /** Delete entries that failed and were tried again. */
    DELETE_FAILURES,
    /** Messages whose lease ended before they could be deleted; they come again, and then change nothing. */
    LOST,
    /** Messages returned to the queue. */
    RELEASED,
    /** Merges repeated because someone else had replaced the file. */
    CONFLICTS,
    /** Messages published by a backfill. */
    PUBLISHED,
    /** Input lines of a backfill that cannot be parsed. */
    REJECTED
}
