package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;

/**
 * A named value of a message.
 *
 * @param sources places of the value; the first that is present counts, and null is present
 * @param fallback value if no source is present; without it the message cannot be turned into a line
 * @param written whether the line contains it; rules may use fields that it does not contain
 */
public record MessageField(String name, List<FieldSource> sources, Optional<JsonNode> fallback, boolean written) {
    public MessageField {
        requireNonNull(name, "name is null");
        sources = List.copyOf(sources);
        requireNonNull(fallback, "fallback is null");
    }

    JsonNode value(Envelope message) {
        for (FieldSource source : sources) {
            JsonNode found = source.find(message);
            if (!found.isMissingNode()) {
                return found;
            }
        }
        return fallback.orElse(MissingNode.getInstance());
    }

    /**
     * Place of a field's value.
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
}
