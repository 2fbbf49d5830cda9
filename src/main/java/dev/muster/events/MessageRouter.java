package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.EventsPartial.EventCount;
import dev.muster.events.dayfile.Content;
import dev.muster.events.dayfile.InFlightMessage;
import dev.muster.events.message.MessageRules;
import dev.muster.events.message.MessageRules.Classification;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides the destination of a message, and counts the message. */
@FunctionalInterface
interface MessageRouter {
    /** A message and the destination that is to hold it. */
    record Placed(String destination, InFlightMessage inFlightMessage) {
        public Placed {
            requireNonNull(destination, "destination is null");
            requireNonNull(inFlightMessage, "parcel is null");
        }
    }

    /** Routes a message; empty for one that is left alone. */
    Optional<Placed> sort(ReceivedMessage message, EventsPartial.Builder counts);

    /**
     * Routes by the rules: lines to their day, other messages to be deleted or set aside.
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

    /** Names of destinations: a day of eight digits, or one of these. */
    final class Destination {
        static final String QUARANTINE = "quarantine";
        /** Holds messages only until they are deleted. */
        static final String DROPPED = "unwanted messages";

        static final String TOPIC = "topic";

        private static final Pattern DAY = Pattern.compile("[0-9]{8}");

        private Destination() {}

        static String of(Classification classification) {
            if (classification instanceof Classification.Kept kept) {
                return kept.day();
            }
            return classification instanceof Classification.Dropped ? DROPPED : QUARANTINE;
        }

        static Content content(Classification classification, ReceivedMessage message) {
            if (classification instanceof Classification.Kept kept) {
                return new Content.Line(kept.line());
            } else if (classification instanceof Classification.Poison poison) {
                return new Content.Poison(
                        message.receipt().messageId(), message.body(), poison.reason(), message.receiveCount());
            }
            return new Content.Nothing();
        }

        static boolean isDay(String destination) {
            return DAY.matcher(destination).matches();
        }
    }
}
