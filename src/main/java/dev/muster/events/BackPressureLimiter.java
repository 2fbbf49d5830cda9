package dev.muster.events;

import java.util.Set;

/**
 * Limits the messages that the pollers of this process have handed to destinations, to bound memory, and tells which
 * destinations are due.
 */
interface BackPressureLimiter {
    /** Reserves room for up to {@code wanted} messages; returns the number that there is room for. */
    int reserve(int wanted);

    void unreserve(int number);

    /** Adds messages on their way to a destination; called before they are handed over, so that none is overlooked. */
    void add(String destination, int messages, long bytes, long now);

    /** Notes that a destination no longer holds these messages. */
    void gone(String destination, long messages);

    boolean holds(String destination);

    /** Destinations that hold messages, as far as known here. */
    Set<String> holding();

    /** Bytes that may be held anywhere, as far as this process is concerned. */
    long memory();

    /** Destinations to be written now. */
    Set<String> due(long now);

    /**
     * Conditions under which a destination is due.
     *
     * @param messages number of messages held
     * @param bytes the bytes held
     * @param ageNanos age of the oldest message in nanoseconds
     */
    record FlushAt(int messages, long bytes, long ageNanos) {
        /** Due only when there is no room for more, or no more will come. */
        static final FlushAt NEVER = new FlushAt(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        boolean reached(int held, long heldBytes, long heldNanos) {
            return held >= messages || heldBytes >= bytes || heldNanos >= ageNanos;
        }
    }
}
