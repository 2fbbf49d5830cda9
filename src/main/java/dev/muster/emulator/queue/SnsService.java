package dev.muster.emulator.queue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.emulator.server.Access.Authorization;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.QueryProtocol;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Service;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Publish and PublishBatch. Every topic delivers to the queue of the same name, in SNS envelopes. */
public final class SnsService implements Service {
    private static final QueryProtocol PROTOCOL = new QueryProtocol("http://sns.amazonaws.com/doc/2010-03-31/");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqsService queues;
    private final InstantSource clock;

    private record Entry(String id, String message, String messageId) {}

    public SnsService(SqsService queues, InstantSource clock) {
        this.queues = requireNonNull(queues, "queues is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public String name() {
        return "sns";
    }

    @Override
    public String operation(Call call) {
        return QueryProtocol.parameters(call).getOrDefault("Action", "Unknown");
    }

    @Override
    public List<Authorization> authorizations(Call call) {
        String topic = QueryProtocol.parameters(call).getOrDefault("TopicArn", "*");
        return List.of(new Authorization("sns:" + operation(call).replaceFirst("Batch$", ""), topic));
    }

    @Override
    public CompletionStage<Reply> answer(Call call) {
        Map<String, String> parameters = QueryProtocol.parameters(call);
        String action = operation(call);
        return switch (action) {
            case "Publish" -> {
                Entry entry = entry("", QueryProtocol.required(parameters, "Message"));
                yield deliver(parameters, List.of(entry))
                        .thenApply(
                                done -> PROTOCOL.reply(call, action, xml -> xml.leaf("MessageId", entry.messageId())));
            }
            case "PublishBatch" -> {
                List<Entry> entries = entries(parameters);
                yield deliver(parameters, entries)
                        .thenApply(done -> PROTOCOL.reply(call, action, xml -> write(entries, xml)));
            }
            default ->
                throw new ServiceError(
                        400, "InvalidAction", "Could not find operation " + action + " for version 2010-03-31");
        };
    }

    @Override
    public Reply refuse(Call call, ServiceError error) {
        return PROTOCOL.refuse(call, error);
    }

    private static List<Entry> entries(Map<String, String> parameters) {
        List<Entry> entries = new ArrayList<>();
        String member = "PublishBatchRequestEntries.member.";
        for (int number = 1; parameters.containsKey(member + number + ".Id"); number++) {
            entries.add(entry(parameters.get(member + number + ".Id"), parameters.get(member + number + ".Message")));
        }
        return entries;
    }

    private static Entry entry(String id, String message) {
        return new Entry(id, message, UUID.randomUUID().toString());
    }

    private CompletionStage<?> deliver(Map<String, String> parameters, List<Entry> entries) {
        String topic = QueryProtocol.required(parameters, "TopicArn");
        String queue = topic.substring(topic.lastIndexOf(':') + 1);
        return CompletableFuture.allOf(entries.stream()
                .map(entry -> queues.deliver(queue, envelope(topic, entry)).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private String envelope(String topic, Entry entry) {
        return JSON.createObjectNode()
                .put("Type", "Notification")
                .put("MessageId", entry.messageId())
                .put("TopicArn", topic)
                .put("Message", entry.message())
                .put("Timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .toString();
    }

    private static void write(List<Entry> entries, XmlBuffer xml) {
        xml.open("Failed").close("Failed").open("Successful");
        for (Entry entry : entries) {
            xml.open("member").leaf("Id", entry.id());
            xml.leaf("MessageId", entry.messageId()).close("member");
        }
        xml.close("Successful");
    }
}
