package dev.muster.events;

import dev.muster.events.dayfile.Flush;
import dev.muster.events.dayfile.InFlightMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Access to the one {@link dev.muster.events.dayfile.DayFile} of each destination, wherever it runs. */
interface DayFileRouter extends AutoCloseable {
    /** Hands messages over; completes with the number that the destination now holds. */
    CompletableFuture<Integer> add(String destination, List<InFlightMessage> inFlightTable);

    /** Writes what a destination holds and deletes it from the queue. */
    CompletableFuture<Flush> write(String destination, Duration timeout);

    /** Returns what a destination holds to the queue. */
    CompletableFuture<Flush> release(String destination, Duration timeout);

    @Override
    void close();
}
