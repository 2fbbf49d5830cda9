package dev.muster.events;

import java.util.Set;

/**
 * Messages that the pollers of this process have handed to destinations, for the bound on memory and to tell what is
 * due.
 */
interface BackPressureLimiter {
    /** Reserves room for up to so many messages; returns for how many there is. */
    int reserve(int wanted);

    void unreserve(int number);

    /** Messages are on their way to a destination; told before they are handed over, so that none is overlooked. */
    void add(String destination, int messages, long bytes, long now);

    /** A destination has let go of messages. */
    void gone(String destination, long messages);

    boolean holds(String destination);

    /** Destinations that hold messages, as far as is known here. */
    Set<String> holding();

    /** Bytes that may be held anywhere, as far as this process is concerned. */
    long memory();

    /** Destinations to be written now. */
    Set<String> due(long now);

    /**
     * Conditions under which a destination is due.
     *
     * @param messages as soon as it holds that many
     * @param bytes as soon as it holds that much
     * @param ageNanos as soon as its oldest message is that old
     */
    record FlushAt(int messages, long bytes, long ageNanos) {
        /** Only when there is no room for more, or no more to come. */
        static final FlushAt NEVER = new FlushAt(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        boolean reached(int held, long heldBytes, long heldNanos) {
            return held >= messages || heldBytes >= bytes || heldNanos >= ageNanos;
        }
    }
}
