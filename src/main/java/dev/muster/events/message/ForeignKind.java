package dev.muster.events.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Messages that are no events but well known, and come to queues by themselves or by a mistake in their set-up.
 *
 * @param reason for people, with what to do where something can be done
 * @param precious whether it must not be thrown away, whatever the rules say: it cannot be had again
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
            new ForeignKind("an event of EventBridge", false, node -> node.has("detail-type") && node.has("detail")),
            new ForeignKind(
                    "an alarm of CloudWatch", false, node -> node.has("AlarmName") && node.has("NewStateValue")));

    /** The kind that this is a message of. */
    static Optional<ForeignKind> of(JsonNode node) {
        return ALL.stream().filter(kind -> kind.is().test(node)).findFirst();
    }
}
