package dev.muster.emulator.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.muster.emulator.Estate;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** An ElasticMQ server on a loopback port of its own. */
final class QueueServer implements AutoCloseable {
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
                .withServerAddress(new NodeAddress(visibleAt.getScheme(), visibleAt.getHost(), visibleAt.getPort(), ""))
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
