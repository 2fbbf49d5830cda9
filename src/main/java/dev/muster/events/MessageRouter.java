package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.queue.ReceivedMessage;
import java.util.Optional;

/** Says where a message goes, and counts it. */
@FunctionalInterface
interface MessageRouter {
    /** A message and the destination that is to hold it. */
    record Placed(String destination, InFlightMessage inFlightMessage) {
        public Placed {
            requireNonNull(destination, "destination is null");
            requireNonNull(inFlightMessage, "parcel is null");
        }
    }

    /** Empty for a message that is left alone. */
    Optional<Placed> sort(ReceivedMessage message, EventsPartial.Builder counts);
}
