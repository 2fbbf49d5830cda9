package dev.muster.cli;

import static dev.muster.cluster.NodeOptions.NodeRole.COORDINATOR;
import static dev.muster.cluster.NodeOptions.NodeRole.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.ConfigFactory;
import dev.muster.aws.AwsClients;
import dev.muster.cli.CapturedConsole.Result;
import dev.muster.cli.command.DemoQueue;
import dev.muster.cli.option.AwsOptions;
import dev.muster.cluster.ClusterNode;
import dev.muster.emulator.DemoMessages;
import dev.muster.emulator.Estate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** One queue, drained by nodes that come and go. */
@Tag("slow")
class ClusteredEventsTest {
    private static final int MESSAGES = 3000;
    private static final List<String> DAYS = List.of("20220403", "20220404", "20220405");
    private static final String SETTINGS = "muster.workers = 4, muster.cluster.split-brain.stable-after = 2s"
            + ", muster.events { drain-wait-time = 1s, flush.messages = 400 }";
    private static final String LEASE = ", muster.events.visibility-timeout = ";

    @TempDir
    Path home;

    private DemoQueue queue;
    private PracticeNodes nodes;

    @BeforeEach
    void begin() throws IOException {
        queue = new DemoQueue();
        nodes = new PracticeNodes(home.resolve("runs"), DemoQueue.ESTATE, SETTINGS);
        nodes.start(DemoQueue.ESTATE.management().accessKeyId(), COORDINATOR, WORKER);
    }

    @AfterEach
    void end() {
        nodes.close();
        queue.close();
    }

    @Test
    void nodesThatLeaveOrAreKilledLoseNoMessage() throws Exception {
        List<String> bodies = DemoMessages.bodies(MESSAGES);
        Map<String, List<String>> expected = drainedLocally(bodies);
        nodes.start(DemoQueue.ESTATE.management().accessKeyId(), WORKER);
        ClusterNode leaving = nodes.start(DemoQueue.ESTATE.management().accessKeyId(), WORKER);
        ClusterNode killed = nodes.start(DemoQueue.ESTATE.management().accessKeyId(), WORKER);
        queue.fill(bodies);

        CompletableFuture<Result> run =
                CompletableFuture.supplyAsync(() -> events(queue, "6s", "--cluster", nodes.join()));
        awaitReceives(100);
        leaving.leave().toCompletableFuture().join();
        awaitReceives(200);
        nodes.crash(killed);

        Result result = run.join();
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(files(queue)).isEqualTo(expected);
        assertThat(messagesLeft()).isZero();
    }

    @Test
    void anUndisturbedRunCountsWhatALocalRunCounts() throws Exception {
        nodes.start(DemoQueue.ESTATE.management().accessKeyId(), WORKER);
        List<String> bodies = DemoMessages.bodies(600);
        queue.fill(bodies);
        JsonNode clustered = summary(events(queue, "2m", "--cluster", nodes.join()));
        try (DemoQueue other = new DemoQueue()) {
            other.fill(bodies);
            JsonNode local = summary(events(other, "2m"));
            for (String figure : List.of("received", "kept", "duplicates", "quarantined", "deleted", "days")) {
                assertThat(clustered.get(figure)).as(figure).isEqualTo(local.get(figure));
            }
        }
        assertThat(messagesLeft()).isZero();
    }

    private void awaitReceives(int number) {
        await().atMost(Duration.ofMinutes(1)).until(() -> queue.cloud().counts().of("ReceiveMessage") >= number);
    }

    private Map<String, List<String>> drainedLocally(List<String> bodies) {
        try (DemoQueue other = new DemoQueue()) {
            other.fill(bodies);
            events(other, "2m");
            return files(other);
        }
    }

    private static Map<String, List<String>> files(DemoQueue queue) {
        Map<String, List<String>> files = new TreeMap<>();
        DAYS.forEach(day -> files.put(day, queue.head("events/prod/" + day, Integer.MAX_VALUE)));
        return files;
    }

    private Result events(DemoQueue from, String lease, String... options) {
        try {
            Path settings = Files.writeString(home.resolve(lease + ".conf"), SETTINGS + LEASE + lease);
            List<String> all =
                    CapturedConsole.on(from.cloud(), DemoQueue.ESTATE, "events", "--queue=events", "--format=json");
            all.addAll(List.of(options));
            all.add("--config=" + settings);
            return new CapturedConsole(home).run(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Messages on the queue, whether visible or not. */
    private int messagesLeft() {
        AwsOptions options = new AwsOptions();
        options.keyId = DemoQueue.ESTATE.management().accessKeyId();
        options.secret = DemoQueue.ESTATE.management().secretAccessKey();
        options.region = Estate.REGION;
        options.endpointUrl = queue.cloud().endpoint().toString();
        try (AwsClients clients = new AwsClients(options.settings(ConfigFactory.load(), 4))) {
            SqsAsyncClient sqs = clients.sqsAsync(clients.home());
            String url = sqs.getQueueUrl(get -> get.queueName(DemoQueue.QUEUE))
                    .join()
                    .queueUrl();
            return sqs
                    .getQueueAttributes(get -> get.queueUrl(url)
                            .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .join()
                    .attributes()
                    .values()
                    .stream()
                    .mapToInt(Integer::parseInt)
                    .sum();
        }
    }

    private static JsonNode summary(Result result) throws IOException {
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        return new JsonMapper().readTree(result.stdout());
    }
}
