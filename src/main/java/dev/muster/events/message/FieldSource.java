package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Place in which a field's value is looked for.
 *
 * @param envelope whether in the SNS envelope rather than in the message
 * @param pointer a JSON pointer (RFC 6901)
 */
public record FieldSource(boolean envelope, JsonPointer pointer) {
    private static final String ENVELOPE = "envelope:";

    public FieldSource {
        requireNonNull(pointer, "pointer is null");
    }

    /** Reads {@code /event/Channel} (of the message) or {@code envelope:/Timestamp}. */
    public static FieldSource parse(String text) {
        boolean envelope = text.startsWith(ENVELOPE);
        return new FieldSource(envelope, JsonPointer.compile(envelope ? text.substring(ENVELOPE.length()) : text));
    }

    JsonNode find(Envelope message) {
        return (envelope ? message.envelope() : message.content()).at(pointer);
    }
}
