package dev.muster.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.CapturedConsole.Result;
import dev.muster.cli.ExitCodes;
import dev.muster.emulator.DemoMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Muster against moto, whose every answer was written by others. The SDK's own paginators say what is there. */
@Tag("slow")
@EnabledIfSystemProperty(named = "muster.foreign", matches = "true")
class MotoServerTest {
    private static final List<String> AWKWARD = List.of(
            " ", " a", "a ", "a+b", "a%2Fb", "a&b", "a<b>c", "ключ/данные", "ä", "a\u0308", "😀/x", "a//b", "dir/");

    @TempDir
    static Path directory;

    private static MotoServer moto;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(MotoServer.installed(), "moto_server is not installed: pip install 'moto[server]'");
        moto = new MotoServer(directory.resolve("moto.log"));
        S3Client s3 = moto.s3();
        for (String bucket : List.of("plain", "awkward", "versioned", "empty", "days")) {
            s3.createBucket(create -> create.bucket(bucket));
        }
        IntStream.range(0, 1_201).forEach(i -> put("plain", "k/%05d".formatted(i), i % 97));
        AWKWARD.forEach(key -> put("awkward", key, key.length()));
        s3.putBucketVersioning(versions ->
                versions.bucket("versioned").versioningConfiguration(configuration -> configuration.status("Enabled")));
        IntStream.range(0, 60).forEach(i -> put("versioned", "v/%03d".formatted(i % 20), i));
        s3.deleteObject(delete -> delete.bucket("versioned").key("v/007"));
        s3.createMultipartUpload(upload -> upload.bucket("plain").key("unfinished"));
    }

    @AfterAll
    static void stop() {
        if (moto != null) {
            moto.close();
        }
    }

    @Test
    void anAuditCountsWhatTheSdkFinds() throws IOException {
        Result result = run("audit", "--format=json", "--versions", "--uploads");

        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        for (JsonNode bucket : new JsonMapper().readTree(result.stdout()).get("buckets")) {
            List<S3Object> objects = objects(bucket.get("bucket").asText());
            assertThat(bucket.get("objects").asLong()).as(bucket.toString()).isEqualTo(objects.size());
            assertThat(bucket.get("bytes").asLong())
                    .isEqualTo(objects.stream().mapToLong(S3Object::size).sum());
        }
        assertThat(result.stdout()).contains("\"noncurrent_versions\": 41,", "\"delete_markers\": 1,");
    }

    @Test
    void anInventoryNamesEveryObjectOnce() {
        Path dataset = home.resolve("inventory");

        Result result =
                run("inventory", "--output=" + dataset, "--format=csv", "--compression=none", "plain", "awkward");
        Result counted = run("audit", "--format=csv", "--from-inventory=" + dataset.resolve("manifest.json"));

        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(counted.stdout()).contains(",1201,", "," + AWKWARD.size() + ",");
    }

    @Test
    void aDrainWritesTheDaysThatAnyOrderOfMessagesWould() {
        SqsClient sqs = moto.sqs();
        String url = sqs.createQueue(create -> create.queueName("events")).queueUrl();
        List<String> bodies = DemoMessages.bodies(150);
        for (int from = 0; from < bodies.size(); from += 10) {
            List<String> batch = bodies.subList(from, from + 10);
            sqs.sendMessageBatch(send -> send.queueUrl(url)
                    .entries(IntStream.range(0, batch.size())
                            .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                                    .id(Integer.toString(i))
                                    .messageBody(batch.get(i))
                                    .build())
                            .toList()));
        }

        Result result = run("events", "--queue=events", "--bucket=days");

        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        TreeMap<String, List<String>> days = new TreeMap<>();
        objects("days").stream()
                .map(S3Object::key)
                .filter(key -> key.matches("events/prod/[0-9]{8}"))
                .forEach(key -> days.put(key, text(key).lines().toList()));
        assertThat(days).hasSize(3);
        assertThat(days.values()).allSatisfy(lines -> assertThat(new ArrayList<>(new TreeSet<>(lines)))
                .isEqualTo(lines));
        Set<String> channels = new TreeSet<>();
        days.values()
                .forEach(lines ->
                        lines.forEach(line -> channels.add(line.replaceAll(".*\"channel\": \"([^\"]*)\".*", "$1"))));
        assertThat(channels).containsExactly("PJSIP/voipms-000002d1", "SIP/610-00000a02", "SIP/630-0000011f");
    }

    private Result run(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(1, moto.options());
        return new CapturedConsole(home).run(arguments);
    }

    private static List<S3Object> objects(String bucket) {
        return moto.s3().listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                .toList();
    }

    private static String text(String key) {
        return moto.s3().getObjectAsBytes(get -> get.bucket("days").key(key)).asString(UTF_8);
    }

    private static void put(String bucket, String key, int size) {
        moto.s3().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(new byte[size]));
    }
}
