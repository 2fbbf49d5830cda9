package dev.muster.events;

import dev.muster.events.dayfile.Content;
import dev.muster.events.message.Classification;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
import java.util.regex.Pattern;

/** Names of what holds messages: a day, eight digits, or one of these. */
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
