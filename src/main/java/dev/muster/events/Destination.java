package dev.muster.events;

import dev.muster.events.day.Content;
import dev.muster.events.message.Verdict;
import dev.muster.events.queue.Received;
import java.util.regex.Pattern;

/** Names of what holds messages: a day, eight digits, or one of these. */
final class Destination {
    static final String QUARANTINE = "quarantine";
    /** Holds messages only until they are deleted. */
    static final String DROPPED = "unwanted messages";

    static final String TOPIC = "topic";

    private static final Pattern DAY = Pattern.compile("[0-9]{8}");

    private Destination() {}

    static String of(Verdict verdict) {
        if (verdict instanceof Verdict.Kept kept) {
            return kept.day();
        }
        return verdict instanceof Verdict.Dropped ? DROPPED : QUARANTINE;
    }

    static Content content(Verdict verdict, Received message) {
        if (verdict instanceof Verdict.Kept kept) {
            return new Content.Line(kept.line());
        } else if (verdict instanceof Verdict.Poison poison) {
            return new Content.Poison(
                    message.receipt().messageId(), message.body(), poison.reason(), message.receiveCount());
        }
        return new Content.Nothing();
    }

    static boolean isDay(String destination) {
        return DAY.matcher(destination).matches();
    }
}
