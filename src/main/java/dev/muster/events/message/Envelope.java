package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A message body taken apart.
 *
 * @param envelope what SNS put around the message; missing with raw message delivery
 * @param content the message itself: always an object
 */
record Envelope(JsonNode envelope, JsonNode content) {
    Envelope {
        requireNonNull(envelope, "envelope is null");
        requireNonNull(content, "content is null");
    }

    static Envelope open(String body) throws UnreadableMessageException {
        JsonNode outer = object(body, "body");
        return isEnvelope(outer)
                ? new Envelope(outer, object(outer.get("Message").textValue(), "Message"))
                : new Envelope(MissingNode.getInstance(), outer);
    }

    private static boolean isEnvelope(JsonNode outer) {
        return outer.path("Message").isTextual()
                && (outer.has("Type") || outer.has("TopicArn") || outer.has("Timestamp"));
    }

    private static JsonNode object(String text, String what) throws UnreadableMessageException {
        JsonNode node = PythonJsonParser.read(text, what);
        if (!node.isObject()) {
            throw new UnreadableMessageException(what + " is not an object");
        }
        return node;
    }
}
