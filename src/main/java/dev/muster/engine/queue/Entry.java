package dev.muster.engine.queue;

import dev.muster.engine.Terms;

/** An outstanding task with what the scheduler knows of it. */
final class Entry<T> {
    final T work;
    final Terms terms;
    final Lane<T> lane;
    /** Attempts used up. */
    int attempts;
    /** Leases under which it runs now: none, one, or two while it is hedged. */
    int leases;
    /** Whether this attempt was hedged, whichever of the two leases is over by now. */
    boolean hedged;

    Entry(T work, Terms terms, Lane<T> lane, int attempts) {
        this.work = work;
        this.terms = terms;
        this.lane = lane;
        this.attempts = attempts;
    }
}
