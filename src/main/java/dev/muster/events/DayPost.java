package dev.muster.events;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks the one {@link DayKeeper} of a destination, wherever in the cluster it lives. */
@FunctionalInterface
public interface DayPost {
    /** Fails if there is no answer in time: then what the destination did is unknown. */
    CompletableFuture<DayAnswer> ask(String destination, DayRequest request, Duration timeout);
}
