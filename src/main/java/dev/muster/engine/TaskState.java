package dev.muster.engine;

/** An outstanding task with what the scheduler knows of it. */
final class TaskState<T> {
    final T work;
    final TaskPolicy terms;
    final Lane<T> lane;
    /** Attempts used up. */
    int attempts;
    /** Leases under which it runs now: none, one, or two while it is hedged. */
    int leases;
    /** Whether this attempt was hedged, whichever of the two leases is over by now. */
    boolean hedged;

    TaskState(T work, TaskPolicy terms, Lane<T> lane, int attempts) {
        this.work = work;
        this.terms = terms;
        this.lane = lane;
        this.attempts = attempts;
    }
}
