package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.events.message.MessageRules.UnreadableMessageException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A parsed message body.
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
     * Parses a body.
     *
     * @throws UnreadableMessageException if it contains no object, or one that must not be taken for an event
     */
    static Envelope open(String body) throws UnreadableMessageException {
        JsonNode outer = parse(body, "body");
        if (!isEnvelope(outer)) {
            return new Envelope(MissingNode.getInstance(), object(outer, "body"));
        }
        JsonNode inner = object(parse(outer.get("Message").textValue(), "Message"), "Message");
        if (isEnvelope(inner)) {
            throw new UnreadableMessageException("a notification of SNS within another one");
        }
        return new Envelope(outer, inner);
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

    /**
     * Well-known messages that are no events, which reach queues by themselves or through a mistake in their setup.
     *
     * @param reason the reason for users, with what to do if anything can be done
     * @param precious whether it must not be discarded, whatever the rules say, as it cannot be obtained again
     */
    record ForeignKind(String reason, boolean precious, Predicate<JsonNode> is) {
        private static final Set<String> CONFIRMATIONS = Set.of("SubscriptionConfirmation", "UnsubscribeConfirmation");
        private static final String POINTER = "S3Pointer";

        private static final List<ForeignKind> ALL = List.of(
                new ForeignKind(
                        "a confirmation of an SNS subscription; open its SubscribeURL to confirm",
                        true,
                        node -> CONFIRMATIONS.contains(node.path("Type").asText())),
                new ForeignKind(
                        "a pointer of the SQS extended client to a message in S3",
                        true,
                        node -> node.isArray()
                                && node.path(0).isTextual()
                                && node.path(0).textValue().endsWith(POINTER)),
                new ForeignKind("a test event of S3", false, node -> node.path("Event")
                        .asText()
                        .equals("s3:TestEvent")),
                new ForeignKind("a notification of S3", false, node -> node.path("Records")
                        .path(0)
                        .path("eventSource")
                        .asText()
                        .equals("aws:s3")),
                new ForeignKind(
                        "an event of EventBridge", false, node -> node.has("detail-type") && node.has("detail")),
                new ForeignKind(
                        "an alarm of CloudWatch", false, node -> node.has("AlarmName") && node.has("NewStateValue")));

        /** The kind that this is a message of. */
        static Optional<ForeignKind> of(JsonNode node) {
            return ALL.stream().filter(kind -> kind.is().test(node)).findFirst();
        }
    }
}
