package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.day.Parcel;
import dev.muster.events.queue.Received;
import java.util.Optional;

/** Says where a message goes, and counts it. */
@FunctionalInterface
interface Sorter {
    /** A message and the destination that is to hold it. */
    record Placed(String destination, Parcel parcel) {
        public Placed {
            requireNonNull(destination, "destination is null");
            requireNonNull(parcel, "parcel is null");
        }
    }

    /** Empty for a message that is left alone. */
    Optional<Placed> sort(Received message, EventsSummary.Builder counts);
}
