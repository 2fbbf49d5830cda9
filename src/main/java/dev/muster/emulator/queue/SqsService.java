package dev.muster.emulator.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import dev.muster.emulator.Estate;
import dev.muster.emulator.queue.QueueFaults.QueueDeviation;
import dev.muster.emulator.server.Access.Authorization;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.JsonProtocol;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Service;
import dev.muster.emulator.server.ServiceError;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** SQS in its JSON protocol. The queue server behind it is started by the first call. */
public final class SqsService implements Service, AutoCloseable {
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final JsonProtocol PROTOCOL = new JsonProtocol(CONTENT_TYPE, "RequestThrottled");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The account of all queues. */
    static final String OWNER = "111111111111";

    private final Supplier<URI> endpoint;
    private QueueServer server;
    private volatile boolean closed;
    private volatile QueueFaults faults = QueueFaults.NONE;
    private volatile Set<QueueDeviation> deviations = Set.of();

    /**
     * A service.
     *
     * @param endpoint address of the service, evaluated at the first call
     */
    public SqsService(Supplier<URI> endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
    }

    /** Sets the faults from now on. */
    public void faults(QueueFaults value) {
        faults = requireNonNull(value, "value is null");
    }

    /** Sets the deviations from now on. */
    public void deviate(Set<QueueDeviation> ways) {
        deviations = Set.copyOf(ways);
    }

    @Override
    public String name() {
        return "sqs";
    }

    @Override
    public String operation(Call call) {
        return JsonProtocol.operation(call);
    }

    /** Permissions of a request; a batch needs the same as a single request of its kind. */
    @Override
    public List<Authorization> authorizations(Call call) {
        JsonNode body = JsonProtocol.body(call);
        String url = body.path("QueueUrl").asText();
        String queue = body.path("QueueName").asText(url.substring(url.lastIndexOf('/') + 1));
        String action = "sqs:" + operation(call).replaceFirst("Batch$", "");
        return List.of(new Authorization(action, "arn:aws:sqs:" + Estate.REGION + ":" + OWNER + ":" + queue));
    }

    @Override
    public CompletionStage<Reply> answer(Call call) {
        String operation = operation(call);
        JsonNode body = JsonProtocol.body(call);
        return switch (operation) {
            case "DeleteMessageBatch", "ChangeMessageVisibilityBatch" ->
                batch(operation, (ObjectNode) body).thenApply(SqsService::reply);
            case "ReceiveMessage" ->
                receive(body).thenCompose(answer -> disturbed(body, answer)).thenApply(SqsService::reply);
            default -> send(operation, body).thenApply(SqsService::reply);
        };
    }

    @Override
    public Reply refuse(Call call, ServiceError error) {
        return PROTOCOL.refuse(call, error);
    }

    /** Puts a message on a queue. */
    CompletionStage<?> deliver(String queue, String message) {
        ObjectNode named = JSON.createObjectNode().put("QueueName", queue);
        return send("GetQueueUrl", named)
                .thenCompose(url -> send(
                        "SendMessage",
                        JSON.createObjectNode()
                                .put("QueueUrl", url.body().path("QueueUrl").asText())
                                .put("MessageBody", message)));
    }

    private CompletionStage<QueueServer.Answer> send(String operation, JsonNode body) {
        return server().call(operation, body).exceptionally(error -> {
            requireOpen();
            throw error instanceof CompletionException known ? known : new CompletionException(error);
        });
    }

    /** Throws if the cloud is closed, as requests under way then fail, which is no defect. */
    private void requireOpen() {
        if (closed) {
            throw new ServiceError(503, "ServiceUnavailable", "The practice cloud is closed");
        }
    }

    private synchronized QueueServer server() {
        requireOpen();
        if (server == null) {
            server = new QueueServer(endpoint.get());
        }
        return server;
    }

    private CompletionStage<QueueServer.Answer> batch(String operation, ObjectNode body) {
        if (deviations.contains(QueueDeviation.REFUSED_BATCHES)
                && body.path("Entries").size() > 1) {
            throw new ServiceError(404, "ReceiptHandleIsInvalid", "The specified receipt handle isn't valid.");
        }
        if (deviations.contains(QueueDeviation.IGNORED_DELETIONS) && operation.equals("DeleteMessageBatch")) {
            return CompletableFuture.completedStage(new QueueServer.Answer(200, JSON.createObjectNode()));
        }
        QueueFaults now = faults;
        ArrayNode through = JSON.createArrayNode();
        ArrayNode failed = JSON.createArrayNode();
        for (JsonNode entry : body.path("Entries")) {
            if (QueueFaults.happens(now.failedEntryRate())) {
                failed.add(failure(entry, "InternalError", false));
            } else if (QueueFaults.happens(now.expiredReceiptRate())) {
                failed.add(failure(entry, "ReceiptHandleIsInvalid", true));
            } else {
                through.add(entry);
            }
        }
        CompletionStage<QueueServer.Answer> sent = through.isEmpty()
                ? CompletableFuture.completedStage(new QueueServer.Answer(200, JSON.createObjectNode()))
                : send(operation, body.deepCopy().set("Entries", through));
        return sent.thenApply(answer -> deviations.contains(QueueDeviation.SILENT_BATCHES)
                ? new QueueServer.Answer(200, JSON.createObjectNode())
                : with(answer, failed));
    }

    private CompletionStage<QueueServer.Answer> receive(JsonNode body) {
        if (deviations.contains(QueueDeviation.IN_FLIGHT_LIMIT)) {
            throw new ServiceError(403, "OverLimit", "Too many messages in flight");
        }
        return send("ReceiveMessage", body);
    }

    private void deviate(ObjectNode message) {
        Set<QueueDeviation> now = deviations;
        if (now.contains(QueueDeviation.WRONG_DIGESTS)) {
            message.put("MD5OfBody", "0".repeat(32));
        }
        if (now.contains(QueueDeviation.NO_ATTRIBUTES)) {
            message.remove("Attributes");
        }
        if (now.contains(QueueDeviation.ODD_ATTRIBUTES)) {
            message.putObject("Attributes").put("SentTimestamp", "1.65e+12").put("ApproximateReceiveCount", "twice");
        }
        if (now.contains(QueueDeviation.DAMAGES_BODIES)) {
            message.put("Body", message.path("Body").asText() + UUID.randomUUID());
        }
        if (now.contains(QueueDeviation.DAMAGES_A_BODY_ONCE)) {
            deviations = Set.of();
            message.put("Body", message.path("Body").asText() + "?");
        }
    }

    private static JsonNode failure(JsonNode entry, String code, boolean senderFault) {
        return JSON.createObjectNode()
                .put("Id", entry.path("Id").asText())
                .put("Code", code)
                .put("Message", "A fault of the practice cloud")
                .put("SenderFault", senderFault);
    }

    private static QueueServer.Answer with(QueueServer.Answer answer, ArrayNode failed) {
        if (answer.status() == 200 && !failed.isEmpty() && answer.body() instanceof ObjectNode body) {
            body.withArray("Failed").addAll(failed);
        }
        return answer;
    }

    private CompletionStage<QueueServer.Answer> disturbed(JsonNode request, QueueServer.Answer answer) {
        QueueFaults now = faults;
        List<JsonNode> messages = new ArrayList<>();
        answer.body().path("Messages").forEach(messages::add);
        messages.forEach(message -> deviate((ObjectNode) message));
        if (now.shuffled() && answer.body() instanceof ObjectNode body && !messages.isEmpty()) {
            Collections.shuffle(messages);
            body.putArray("Messages").addAll(messages);
        }
        CompletionStage<?> again = CompletableFuture.completedStage(null);
        for (JsonNode message : messages) {
            if (QueueFaults.happens(now.duplicateRate())) {
                again = again.thenCompose(done -> makeVisible(request, message));
            }
        }
        return again.thenApply(done -> answer);
    }

    private CompletionStage<?> makeVisible(JsonNode request, JsonNode message) {
        return send(
                "ChangeMessageVisibility",
                JSON.createObjectNode()
                        .put("QueueUrl", request.path("QueueUrl").asText())
                        .put("ReceiptHandle", message.path("ReceiptHandle").asText())
                        .put("VisibilityTimeout", 0));
    }

    private static Reply reply(QueueServer.Answer answer) {
        return Reply.text(answer.status(), CONTENT_TYPE, answer.body().toString());
    }

    @Override
    public void close() {
        closed = true;
        QueueServer started = started();
        if (started != null) {
            started.close();
        }
    }

    private synchronized QueueServer started() {
        return server;
    }

    /** An ElasticMQ server on a loopback port of its own. */
    static final class QueueServer implements AutoCloseable {
        private static final String HOST = "127.0.0.1";
        private static final long MAX_ANSWER_MILLIS = 60_000;
        private static final ObjectMapper JSON = new ObjectMapper();

        /** An answer of the server, successful or not. */
        record Answer(int status, JsonNode body) {}

        private final ActorSystem system;
        private final SQSRestServer server;
        private final String address;

        /**
         * Starts a server.
         *
         * @param visibleAt address of its queue URLs
         */
        QueueServer(URI visibleAt) {
            requireNonNull(visibleAt, "visibleAt is null");
            ClassLoader loader = QueueServer.class.getClassLoader();
            system = ActorSystem.create(
                    "practice-queues",
                    ConfigFactory.parseResources(loader, "dev/muster/emulator/practice-queues.conf")
                            .withFallback(ConfigFactory.defaultReference(loader))
                            .resolve());
            server = SQSRestServerBuilder.withActorSystem(system)
                    .withInterface(HOST)
                    .withDynamicPort()
                    .withServerAddress(
                            new NodeAddress(visibleAt.getScheme(), visibleAt.getHost(), visibleAt.getPort(), ""))
                    .withAWSRegion(Estate.REGION)
                    .withAWSAccountId(SqsService.OWNER)
                    .start();
            address = "http://" + HOST + ":"
                    + server.waitUntilStarted().localAddress().getPort() + "/";
        }

        /** Carries out an operation of the SQS API, in its JSON protocol. */
        CompletionStage<Answer> call(String operation, JsonNode body) {
            HttpRequest request = HttpRequest.POST(address)
                    .addHeader(RawHeader.create("X-Amz-Target", "AmazonSQS." + operation))
                    .withEntity(
                            ContentTypes.create(MediaTypes.applicationBinary("x-amz-json-1.0", false)),
                            body.toString().getBytes(UTF_8));
            return Http.get(system).singleRequest(request).thenCompose(response -> response.entity()
                    .toStrict(MAX_ANSWER_MILLIS, system)
                    .thenApply(entity -> new Answer(
                            response.status().intValue(), read(entity.getData().utf8String()))));
        }

        private static JsonNode read(String text) {
            try {
                return JSON.readTree(text.isBlank() ? "{}" : text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("not JSON: " + text, e);
            }
        }

        @Override
        public void close() {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }
}
