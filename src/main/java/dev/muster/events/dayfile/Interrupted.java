package dev.muster.events.dayfile;

import dev.muster.engine.Failure;

/** Failure of a write for which no time was left after a stop: its messages return to the queue. */
public final class Interrupted {
    public static final Failure FAILURE = new Failure(
            Failure.Kind.GONE, "Interrupted", "stopped before it was written; what came from a queue is back on it");

    private Interrupted() {}
}
