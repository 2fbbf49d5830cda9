package dev.muster.events;

/** Counts of an events run. */
public enum EventCount {
    /** Messages received, repeated deliveries among them. */
    RECEIVED,
    /** Messages that make a line. */
    KEPT,
    /** Messages not wanted. */
    DROPPED,
    /** Messages that no line can be made of, set aside. */
    QUARANTINED,
    /** Messages that no line can be made of, left to the queue's redrive policy. They come again until it takes them away. */
    LEFT,
    /** Kept messages whose line was there already, in the file or in the same merge. */
    DUPLICATES,
    /** Messages deleted from the queue. */
    DELETED,
    /** Delete entries that failed and were tried again. */
    DELETE_FAILURES,
    /** Messages whose lease ended before they could be deleted; they come again, and change nothing then. */
    LOST,
    /** Messages given back. */
    RELEASED,
    /** Merges repeated because somebody else had replaced the file. */
    CONFLICTS,
    /** Messages published; only of a backfill. */
    PUBLISHED,
    /** Input lines that do not parse; only of a backfill. */
    REJECTED
}
