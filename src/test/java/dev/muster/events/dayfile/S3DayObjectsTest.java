package dev.muster.events.dayfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.s3.BucketClient;
import dev.muster.aws.s3.ConditionalPut.ProbeKey;
import dev.muster.aws.s3.PracticeServer;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.Permission;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.s3.S3Deviation;
import dev.muster.emulator.server.ServiceError;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.dayfile.DayStore.DayObjects;
import dev.muster.events.dayfile.DayStore.DayObjects.Found;
import dev.muster.events.dayfile.DayStore.DayObjects.Written;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class S3DayObjectsTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Estate ESTATE =
            Estate.of(PracticeBucket.of("open"), PracticeBucket.of("unlisted").denying(Set.of(Permission.LIST)));

    private static PracticeCloud cloud;
    private static S3AsyncClient s3;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        cloud = PracticeCloud.start(ESTATE);
        s3 = client(cloud.endpoint());
    }

    @AfterAll
    static void end() {
        s3.close();
        cloud.close();
    }

    @Test
    void onlyAClearAnswerIsAMissingFile() {
        assertThat(read("open", "none")).isEqualTo(new Found.Missing());
        assertThat(read("unlisted", "none")).isEqualTo(new Found.Denied());
        assertThatThrownBy(() -> read("nowhere", "none")).hasCauseInstanceOf(TaskException.class);
    }

    @Test
    void withoutPermissionToListAFileIsStartedOnceAndThenReplaced() throws IOException {
        assertThat(create("unlisted", "day", "a\n")).isEqualTo(Written.DONE);
        assertThat(create("unlisted", "day", "b\n")).isEqualTo(Written.CONFLICT);
        Found.Whole found = (Found.Whole) read("unlisted", "day");
        assertThat(replace("unlisted", "day", "a\nb\n", found.etag())).isEqualTo(Written.DONE);
        assertThat(replace("unlisted", "day", "lost\n", found.etag())).isEqualTo(Written.CONFLICT);
        read("unlisted", "day");
        assertThat(directory.resolve("into")).hasContent("a\nb\n");
    }

    @Test
    void aFileThatIsGoneWhenItIsReplacedIsAConflict() throws IOException {
        assertThat(replace("open", "never", "a\n", "\"0123\"")).isEqualTo(Written.CONFLICT);
    }

    @Test
    void partsAreCompletedUnderTheSameCondition() throws IOException {
        byte[] large = new byte[11 * MEBIBYTE];
        Arrays.fill(large, (byte) 'x');
        Path file = Files.write(directory.resolve("large"), large);
        DayObjects objects = objects(s3, "open", 5 * MEBIBYTE);
        assertThat(objects.create("parts", file).join()).isEqualTo(Written.DONE);
        assertThat(objects.create("parts", file).join()).isEqualTo(Written.CONFLICT);
        Found.Whole found = (Found.Whole) read("open", "parts");
        assertThat(found.etag()).contains("-3");
        assertThat(Files.mismatch(file, directory.resolve("into"))).isEqualTo(-1);
        assertThat(objects.replace("parts", file, "\"0123\"").join()).isEqualTo(Written.CONFLICT);
        assertThat(objects.replace("parts", file, found.etag()).join()).isEqualTo(Written.DONE);
        assertThat(s3.listMultipartUploads(list -> list.bucket("open")).join().uploads())
                .isEmpty();
    }

    @Test
    void writersAtTheSameTimeAreTold() throws IOException {
        cloud.faults()
                .set(
                        "s3:PutObject",
                        FaultProfile.NONE.withErrors(
                                1, List.of(new ServiceError(409, "ConditionalRequestConflict", "busy"))));
        try {
            assertThat(create("open", "busy", "a\n")).isEqualTo(Written.BUSY);
        } finally {
            cloud.faults().clear();
        }
    }

    @Test
    void contentThatNeitherItsETagNorASecondReadVouchesForIsNotUsed() {
        AtomicInteger reads = new AtomicInteger();
        try (PracticeServer server = new PracticeServer(exchange -> {
                    exchange.getResponseHeaders().add("ETag", "\"00000000000000000000000000000000\"");
                    PracticeServer.send(
                            exchange,
                            200,
                            "abcdefgh".substring(reads.getAndIncrement()).getBytes(UTF_8));
                });
                S3AsyncClient odd = client(server.endpoint())) {
            DayObjects objects = objects(odd, "open", MEBIBYTE);
            assertThatThrownBy(
                            () -> objects.read("day", directory.resolve("into")).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            TaskException.class,
                            error -> assertThat(error.failure().code()).isEqualTo("BrokenDownload"));
        }
    }

    @Test
    void anETagThatIsNoDigestAndALengthThatIsNotToldAreNoReasonToGiveUp() {
        try (PracticeServer server = new PracticeServer(exchange -> {
                    exchange.getResponseHeaders().add("ETag", "\"00000000000000000000000000000000\"");
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("a\n".getBytes(UTF_8));
                });
                S3AsyncClient odd = client(server.endpoint())) {
            Found found = objects(odd, "open", MEBIBYTE)
                    .read("day", directory.resolve("into"))
                    .join();
            assertThat(found).isInstanceOf(Found.Whole.class);
            assertThat(directory.resolve("into")).hasContent("a\n");
        }
    }

    @Test
    void whereCompletionsHaveNoConditionALargeFileIsSentInOnePiece() throws IOException {
        cloud.s3Deviations(S3Deviation.COMPLETES_UNCONDITIONALLY);
        try {
            Path file = Files.write(directory.resolve("large"), new byte[6 * MEBIBYTE]);
            DayObjects objects = objects(s3, "open", 5 * MEBIBYTE);
            assertThat(objects.create("whole", file).join()).isEqualTo(Written.DONE);
            assertThat(objects.create("whole", file).join()).isEqualTo(Written.CONFLICT);
            assertThat(((Found.Whole) read("open", "whole")).etag()).doesNotContain("-");
        } finally {
            cloud.s3Deviations();
        }
    }

    @Test
    void whereCompletionsHaveNoConditionAFileThatIsTooLargeForOnePieceIsNotWritten() throws IOException {
        cloud.s3Deviations(S3Deviation.COMPLETES_UNCONDITIONALLY);
        Path file = directory.resolve("sparse");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((5L << 30) + 1);
            DayObjects objects = objects(s3, "open", 5 * MEBIBYTE);

            assertThatThrownBy(() -> objects.create("huge", file).join())
                    .hasMessageContaining("in parts this server does not keep writers apart");
        } finally {
            cloud.s3Deviations();
        }
        assertThat(read("open", "huge")).isEqualTo(new Found.Missing());
    }

    @Test
    void whereThereAreNoUploadsInPartsALargeFileIsSentInOnePieceAndTheServerIsNotAskedAgain() throws IOException {
        cloud.faults()
                .set(
                        "s3:CreateMultipartUpload",
                        FaultProfile.NONE.withErrors(1, List.of(new ServiceError(501, "NotImplemented", "no"))));
        try {
            Path file = Files.write(directory.resolve("large"), new byte[6 * MEBIBYTE]);
            DayObjects objects = objects(s3, "open", 5 * MEBIBYTE);
            long before = cloud.counts().of("CreateMultipartUpload");
            assertThat(objects.create("whole-1", file).join()).isEqualTo(Written.DONE);
            assertThat(objects.create("whole-2", file).join()).isEqualTo(Written.DONE);
            assertThat(cloud.counts().of("CreateMultipartUpload")).isEqualTo(before + 1);
        } finally {
            cloud.faults().clear();
        }
    }

    @Test
    void nothingIsWrittenWhereConditionsAreIgnored() throws IOException {
        cloud.s3Deviations(S3Deviation.IGNORES_CONDITIONS);
        try {
            assertThatThrownBy(() -> create("open", "unsafe", "a\n"))
                    .hasMessageContaining("If-None-Match: * is ignored");
        } finally {
            cloud.s3Deviations();
        }
        assertThat(read("open", "unsafe")).isEqualTo(new Found.Missing());
    }

    private Found read(String bucket, String key) {
        return objects(s3, bucket, MEBIBYTE)
                .read(key, directory.resolve("into"))
                .join();
    }

    private Written create(String bucket, String key, String content) throws IOException {
        return objects(s3, bucket, MEBIBYTE).create(key, file(content)).join();
    }

    private Written replace(String bucket, String key, String content, String etag) throws IOException {
        return objects(s3, bucket, MEBIBYTE).replace(key, file(content), etag).join();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("from"), content);
    }

    private static DayObjects objects(S3AsyncClient client, String bucket, long multipartOver) {
        return new S3DayObjects(
                new BucketClient(region -> client, Region.US_EAST_1, bucket),
                Duration.ofSeconds(30),
                multipartOver,
                new ProbeKey("probe", ""),
                (error, attempted) -> new Failure(Failure.Kind.INVALID, "Test", attempted + ": " + error.getMessage()),
                Runnable::run);
    }

    private static S3AsyncClient client(URI endpoint) {
        return S3AsyncClient.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        ESTATE.management().accessKeyId(), ESTATE.management().secretAccessKey())))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
