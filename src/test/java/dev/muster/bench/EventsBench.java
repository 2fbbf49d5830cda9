package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.emulator.DemoMessages;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Empties a queue with the launcher, start of the JVM and the wait for the queue to be found empty included, against the
 * practice cloud in a process of its own.
 */
public final class EventsBench {
    static final String BUCKET = "logpublish";

    private static final PracticeAccount CALLER = PracticeAccount.of(BenchCloud.ACCOUNT, "bench");
    private static final int BATCH = 10;
    private static final int PARALLELISM = 16;

    private EventsBench() {}

    /** Options: --messages N. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int messages =
                arguments.length == 2 && arguments[0].equals("--messages") ? Integer.parseInt(arguments[1]) : 20_000;
        Process cloud = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        QueueCloud.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8))) {
            String endpoint = reader.readLine();
            String queue = fill(endpoint, DemoMessages.bodies(messages));
            drain(endpoint, queue);
        } finally {
            cloud.destroy();
        }
    }

    private static String fill(String endpoint, List<String> bodies) {
        try (SqsAsyncClient sqs = SqsAsyncClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(Estate.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(CALLER.accessKeyId(), CALLER.secretAccessKey())))
                .build()) {
            String url =
                    sqs.createQueue(create -> create.queueName("events")).join().queueUrl();
            List<CompletableFuture<?>> sending = new ArrayList<>();
            for (int from = 0; from < bodies.size(); from += BATCH) {
                List<SendMessageBatchRequestEntry> batch =
                        entries(bodies.subList(from, Math.min(bodies.size(), from + BATCH)));
                sending.add(sqs.sendMessageBatch(send -> send.queueUrl(url).entries(batch)));
                if (sending.size() == PARALLELISM) {
                    sending.forEach(CompletableFuture::join);
                    sending.clear();
                }
            }
            sending.forEach(CompletableFuture::join);
            return url;
        }
    }

    private static List<SendMessageBatchRequestEntry> entries(List<String> batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(number -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(number))
                        .messageBody(batch.get(number))
                        .build())
                .toList();
    }

    private static void drain(String endpoint, String queue) throws IOException, InterruptedException {
        Path tempDirectory = Files.createTempDirectory("muster-bench");
        Path report = tempDirectory.resolve("report.json");
        List<String> command = List.of(
                Path.of(System.getProperty("muster.home"), "scripts", "muster").toString(),
                "events",
                "--endpoint-url=" + endpoint,
                "--queue-url=" + queue,
                "--format=json",
                "--quiet");
        Map<String, String> environment = Map.of(
                "AWS_ACCESS_KEY_ID", CALLER.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", CALLER.secretAccessKey(),
                "AWS_REGION", Estate.REGION);
        Measured measured = Measured.run(command, environment, report);
        JsonNode summary = new ObjectMapper().readTree(report.toFile());
        long received = summary.path("received").asLong();
        System.out.print(String.format(
                Locale.ROOT,
                "messages   wall s   CPU s  peak MB  messages/s  messages/CPU s  exit%n%8d  %7.2f %7.2f %8.0f  %10.0f  %14.0f  %4d%n",
                received,
                measured.wallSeconds(),
                measured.cpuSeconds(),
                measured.peakMegabytes(),
                received / measured.wallSeconds(),
                received / measured.cpuSeconds(),
                measured.exitCode()));
        Files.delete(report);
        Files.deleteIfExists(tempDirectory.resolve("stderr"));
        Files.delete(tempDirectory);
    }
}
