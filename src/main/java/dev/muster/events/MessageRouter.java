package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.message.Classification;
import dev.muster.events.message.MessageRules;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
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

    /**
     * Sorts by the rules: lines to their day, the rest to be deleted or set aside.
     *
     * @param quarantine whether poison is set aside rather than left to the queue's redrive policy
     */
    record RuleRouter(MessageRules rules, boolean quarantine) implements MessageRouter {
        public RuleRouter {
            requireNonNull(rules, "rules is null");
        }

        @Override
        public Optional<Placed> sort(ReceivedMessage message, EventsPartial.Builder counts) {
            counts.sentAt(message.sentMillis());
            Classification classification = message.defect()
                    .<Classification>map(Classification.Poison::new)
                    .orElseGet(() -> rules.judge(message.body()));
            if (classification instanceof Classification.Poison poison) {
                counts.poison(quarantine ? EventCount.QUARANTINED : EventCount.LEFT, poison.reason());
                if (!quarantine) {
                    return Optional.empty();
                }
            } else if (classification instanceof Classification.Dropped dropped) {
                counts.dropped(dropped.field(), dropped.value());
            } else {
                counts.add(EventCount.KEPT, 1);
            }
            return Optional.of(new Placed(
                    Destination.of(classification),
                    new InFlightMessage(message.receipt(), Destination.content(classification, message))));
        }
    }
}
