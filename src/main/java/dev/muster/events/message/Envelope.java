package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/**
 * A message body taken apart.
 *
 * @param envelope the SNS envelope around the message; missing with raw message delivery
 * @param content the message itself: always an object
 */
record Envelope(JsonNode envelope, JsonNode content) {
    Envelope {
        requireNonNull(envelope, "envelope is null");
        requireNonNull(content, "content is null");
    }

    /**
     * Opens a body.
     *
     * @throws UnreadableMessageException if there is no object in it, or what is in it must not be taken for an event
     */
    static Envelope open(String body) throws UnreadableMessageException {
        JsonNode outer = parse(body, "body");
        return isEnvelope(outer)
                ? new Envelope(outer, object(parse(outer.get("Message").textValue(), "Message"), "Message"))
                : new Envelope(MissingNode.getInstance(), object(outer, "body"));
    }

    /** The well-known kind of message that this is, if it is one. */
    Optional<ForeignKind> foreignKind() {
        return ForeignKind.of(content);
    }

    private static boolean isEnvelope(JsonNode outer) {
        return outer.path("Message").isTextual()
                && (outer.has("Type") || outer.has("TopicArn") || outer.has("Timestamp"));
    }

    private static JsonNode parse(String text, String what) throws UnreadableMessageException {
        JsonNode node = PythonJsonParser.read(text, what);
        Optional<ForeignKind> precious = ForeignKind.of(node).filter(ForeignKind::precious);
        if (precious.isPresent()) {
            throw new UnreadableMessageException(precious.get().reason());
        }
        return node;
    }

    private static JsonNode object(JsonNode node, String what) throws UnreadableMessageException {
        if (node.isTextual()) {
            throw new UnreadableMessageException(what + " is a string: the sender has encoded it twice");
        } else if (!node.isObject()) {
            throw new UnreadableMessageException(what + " is not an object");
        }
        return node;
    }
}
