package dev.muster.events.dayfile;

import dev.muster.engine.Failure;

/** End of a write for which no time was left after a stop was asked for: its messages go back to the queue. */
public final class Interrupted {
    public static final Failure FAILURE = new Failure(
            Failure.Kind.GONE, "Interrupted", "stopped before it was written; what came from a queue is back on it");

    private Interrupted() {}
}
