package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.aws.s3.ConditionalPut.Outcome;
import dev.muster.aws.s3.ConditionalPut.ProbeKey;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.Permission;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.s3.S3Deviation;
import dev.muster.emulator.server.ServiceError;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class ConditionalPutTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of("open"),
            PracticeBucket.of("abroad").in("eu-west-1"),
            PracticeBucket.of("writeonly").denying(Set.of(Permission.READ)),
            PracticeBucket.of("readonly").denying(Set.of(Permission.WRITE)));

    private static final ProbeKey PROBE = new ProbeKey("probe", "");

    private static PracticeCloud cloud;
    private static AwsClients clients;

    private final ConditionalPut put = put("open");

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        cloud = PracticeCloud.start(ESTATE);
        clients = new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys(
                        ESTATE.management().accessKeyId(), ESTATE.management().secretAccessKey(), Optional.empty())),
                Optional.of(Estate.REGION),
                Optional.of(cloud.endpoint()),
                Map.of(),
                true,
                false,
                Timeouts.DEFAULT,
                8));
    }

    @AfterAll
    static void end() {
        clients.close();
        cloud.close();
    }

    @AfterEach
    void asS3() {
        cloud.s3Deviations();
        cloud.faults().clear();
        for (S3Object object :
                s3().listObjectsV2(list -> list.bucket("open")).join().contents()) {
            s3().deleteObject(delete -> delete.bucket("open").key(object.key())).join();
        }
    }

    @Test
    void anObjectIsCreatedOnceAndReplacedOnlyByThoseWhoKnowIt() {
        String first = stored(put.create("day", content("a")));
        assertThat(put.create("day", content("b")).join()).isEqualTo(new Outcome.Lost());
        String second = stored(put.replace("day", content("ab"), first));
        assertThat(put.replace("day", content("lost"), first).join()).isEqualTo(new Outcome.Lost());
        assertThat(put.replace("none", content("x"), second).join()).isEqualTo(new Outcome.Lost());
        assertThat(read("day")).isEqualTo("ab");
    }

    /** Another writer's request, whose condition was checked before, is stored right after this one's. */
    @Test
    void aWriteThatAnotherOneReplacedAtOnceIsNoSuccess() {
        UploadContent ours = content("ours");
        ConditionalPut.Write overtaken = headers -> put.send("day", ours, headers)
                .thenCompose(receipt -> put.overwrite("day", content("theirs")).thenApply(theirs -> receipt));

        CompletableFuture<Outcome> outcome = put.outcome(
                "day",
                ours.digest(),
                ours.digest().md5(),
                new ConditionalPut.Condition.Absent(),
                overtaken,
                found -> CompletableFuture.failedFuture(new AssertionError(found)));

        assertThat(outcome.join()).isEqualTo(new Outcome.Busy());
    }

    @ParameterizedTest
    @EnumSource(
            value = S3Deviation.class,
            names = {"LOST_RACE_IS_304", "LOST_RACE_IS_404", "REFUSES_CHECKSUM_HEADERS", "DEMANDS_CHECKSUM"})
    void aLostRaceIsOneUnderAnyName(S3Deviation deviation) {
        cloud.s3Deviations(deviation);
        anObjectIsCreatedOnceAndReplacedOnlyByThoseWhoKnowIt();
    }

    @ParameterizedTest
    @EnumSource(
            value = S3Deviation.class,
            names = {"OPAQUE_ETAGS", "WEAK_ETAGS", "BARE_ETAGS", "REFUSES_QUOTED_IF_MATCH"})
    void tagsOfAnyFormGuardAnObject(S3Deviation deviation) {
        cloud.s3Deviations(deviation);
        anObjectIsCreatedOnceAndReplacedOnlyByThoseWhoKnowIt();
        put.probe(PROBE).join();
        String first = stored(put.create("again", content("a")));
        stored(put.replace("again", content("ab"), first));
        assertThat(put.replace("again", content("lost"), first).join()).isEqualTo(new Outcome.Lost());
        assertThat(read("again")).isEqualTo("ab");
    }

    @Test
    void whoWritesAtTheSameTimeIsBusyAndNoLoss() {
        cloud.faults()
                .set(
                        "s3:PutObject",
                        FaultProfile.NONE.withErrors(
                                1, List.of(new ServiceError(409, "ConditionalRequestConflict", "busy"))));
        assertThat(put.create("busy", content("a")).join()).isEqualTo(new Outcome.Busy());
    }

    @Test
    void aRefusalThatContradictsTheObjectIsNoLostRace() {
        cloud.faults()
                .set(
                        "s3:PutObject",
                        FaultProfile.NONE.withErrors(1, List.of(new ServiceError(412, "PreconditionFailed", "no"))));
        assertThatThrownBy(() -> put.create("none", content("a")).join())
                .hasMessageContaining("says that there is such an object, but there is none (412)");
        cloud.faults().clear();
        String etag = stored(put.create("day", content("a")));
        cloud.faults()
                .set(
                        "s3:PutObject",
                        FaultProfile.NONE.withErrors(1, List.of(new ServiceError(412, "PreconditionFailed", "no"))));
        assertThatThrownBy(() -> put.replace("day", content("b"), etag).join())
                .hasMessageContaining("refuses every If-Match, though the object has not changed (412)");
    }

    @Test
    void aMissingBucketIsNoLostRace() {
        assertThatThrownBy(() -> put("nowhere").create("day", content("a")).join())
                .hasCauseInstanceOf(S3Exception.class);
    }

    @Test
    void bytesThatTheServerDidNotStoreAreNoticed() {
        cloud.s3Deviations(S3Deviation.STORES_HALF);
        for (CompletableFuture<Outcome> write :
                List.of(put.create("new", content("twelve bytes")), put.overwrite("any", content("twelve bytes")))) {
            assertThatThrownBy(write::join).cause().isInstanceOfSatisfying(TaskException.class, error -> {
                assertThat(error.failure().kind()).isEqualTo(Failure.Kind.INVALID);
                assertThat(error.failure().message()).contains("was sent 12 bytes and has stored others (6)");
            });
        }
    }

    @Test
    void bytesThatGotLostOnceAreWrittenAgain() {
        String etag = stored(put.create("day", content("before")));
        cloud.s3Deviations(S3Deviation.STORES_HALF_ONCE);
        stored(put.replace("day", content("twelve bytes"), etag));
        assertThat(read("day")).isEqualTo("twelve bytes");
    }

    @Test
    void aServerThatKeepsConditionsPassesAndNothingStays() {
        put.probe(new ProbeKey("runs/probe", "")).join();
        assertThat(keys()).isEmpty();
    }

    @Test
    void aProbeThatStayedIsUsedAgain() {
        cloud.faults()
                .set(
                        "s3:DeleteObject",
                        FaultProfile.NONE.withErrors(1, List.of(new ServiceError(403, "AccessDenied", "no"))));
        put.probe(new ProbeKey("runs/probe", "")).join();
        put.probe(new ProbeKey("runs/probe", "")).join();
        assertThat(keys()).containsExactly("runs/probe");
    }

    @Test
    void probesAtTheSameTimeDoNotDisturbEachOther() {
        CompletableFuture<?>[] probes =
                IntStream.range(0, 20).mapToObj(i -> put("open").probe(PROBE)).toArray(CompletableFuture<?>[]::new);
        assertThatCode(() -> CompletableFuture.allOf(probes).join()).doesNotThrowAnyException();
    }

    @Test
    void aServerThatIgnoresConditionsIsRefused() {
        cloud.s3Deviations(S3Deviation.IGNORES_CONDITIONS);
        assertThatThrownBy(() -> put.probe(new ProbeKey("runs/probe", "")).join())
                .hasCauseInstanceOf(TaskException.class)
                .hasMessageContaining("the server of s3://open/runs/ writes an object although it is there already");
        assertThat(keys()).isEmpty();
    }

    @Test
    void aServerThatStoresOtherBytesIsRefused() {
        cloud.s3Deviations(S3Deviation.STORES_HALF);
        assertThatThrownBy(() -> put.probe(PROBE).join()).hasMessageContaining("stores other bytes than it is sent");
    }

    @Test
    void aServerThatDoesNotKnowConditionsIsRefused() {
        cloud.faults()
                .set(
                        "s3:PutObject",
                        FaultProfile.NONE.withErrors(
                                1, List.of(new ServiceError(501, "NotImplemented", "A header is not implemented"))));
        assertThatThrownBy(() -> put.probe(PROBE).join()).hasMessageContaining("does not know conditional writes");
    }

    @Test
    void aBucketThatMayNotBeWrittenIsNoServerThatIgnoresConditions() {
        assertThatThrownBy(() -> put("readonly").probe(PROBE).join()).hasCauseInstanceOf(S3Exception.class);
    }

    @Test
    void theActionThatWasDeniedIsNamed() {
        assertThatThrownBy(() -> put("readonly").create("day", content("a")).join())
                .satisfies(error -> assertThat(ConditionalPut.permission(error)).isEqualTo("s3:PutObject"));
        cloud.s3Deviations(S3Deviation.OPAQUE_ETAGS, S3Deviation.REFUSES_CHECKSUM_HEADERS);
        assertThatThrownBy(() -> put("writeonly").create("day", content("a")).join())
                .satisfies(error -> assertThat(ConditionalPut.permission(error)).isEqualTo("s3:GetObject"));
    }

    @Test
    void aBucketInAnotherRegionIsFollowed() {
        ConditionalPut abroad = put("abroad");
        abroad.probe(PROBE).join();
        stored(abroad.create("day", content("a")));
    }

    @Test
    void partsAreCompletedUnderTheSameCondition() throws Exception {
        byte[] large = new byte[11 * MEBIBYTE];
        Arrays.fill(large, (byte) 'x');
        Path file = Files.write(directory.resolve("large"), large);
        MultipartPut parts = new MultipartPut(put, Runnable::run);
        for (S3Deviation[] server : new S3Deviation[][] {
            {},
            {S3Deviation.LOST_RACE_IS_304},
            {S3Deviation.LOST_RACE_IS_ERROR_DOCUMENT},
            {S3Deviation.REFUSES_QUOTED_IF_MATCH},
            {S3Deviation.DEMANDS_CHECKSUM}
        }) {
            cloud.s3Deviations(server);
            String key = "parts" + Arrays.toString(server);
            assertThat(parts.keepsConditions(PROBE).join()).isTrue();
            String etag = stored(parts.create(key, file, 5L * MEBIBYTE));
            assertThat(parts.create(key, file, 5L * MEBIBYTE).join()).isEqualTo(new Outcome.Lost());
            stored(put.replace(key, content("small"), etag));
            assertThat(parts.replace(key, file, 5L * MEBIBYTE, etag).join()).isEqualTo(new Outcome.Lost());
            assertThat(read(key)).isEqualTo("small");
        }
        assertThat(s3().listMultipartUploads(list -> list.bucket("open")).join().uploads())
                .isEmpty();
    }

    @Test
    void partsOfWhichHalfIsStoredReplaceNothing() throws Exception {
        Path file = Files.write(directory.resolve("large"), new byte[6 * MEBIBYTE]);
        MultipartPut parts = new MultipartPut(put, Runnable::run);
        String etag = stored(put.create("day", content("before")));
        cloud.s3Deviations(S3Deviation.STORES_HALF);
        assertThatThrownBy(() -> parts.replace("day", file, 5L * MEBIBYTE, etag).join())
                .hasMessageContaining("has stored other bytes of part 1");
        assertThat(read("day")).isEqualTo("before");
    }

    @Test
    void partsWhoseTagsAreNoDigestsAreTakenOnceAChecksumHasShownIt() throws Exception {
        byte[] large = new byte[6 * MEBIBYTE];
        Path file = Files.write(directory.resolve("large"), large);
        cloud.s3Deviations(S3Deviation.OPAQUE_ETAGS);
        MultipartPut parts = new MultipartPut(put, Runnable::run);
        assertThat(parts.keepsConditions(PROBE).join()).isTrue();
        stored(parts.create("day", file, 5L * MEBIBYTE));
        assertThat(read("day")).hasSize(large.length);
    }

    @Test
    void aProbeInPartsThatFailsLeavesNothing() {
        cloud.faults()
                .set(
                        "s3:CreateMultipartUpload",
                        FaultProfile.NONE.withErrors(1, List.of(new ServiceError(501, "NotImplemented", "no"))));
        MultipartPut parts = new MultipartPut(put, Runnable::run);
        assertThatThrownBy(() -> parts.keepsConditions(PROBE).join()).hasCauseInstanceOf(S3Exception.class);
        assertThat(keys()).isEmpty();
    }

    @Test
    void aCompletionWithoutConditionsIsNoticed() {
        cloud.s3Deviations(S3Deviation.COMPLETES_UNCONDITIONALLY);
        put.probe(PROBE).join();
        assertThat(new MultipartPut(put, Runnable::run).keepsConditions(PROBE).join())
                .isFalse();
        assertThat(keys()).isEmpty();
    }

    private static UploadContent content(String text) {
        return UploadContent.of(text.getBytes(UTF_8));
    }

    private static String stored(CompletableFuture<Outcome> write) {
        Outcome outcome = write.join();
        assertThat(outcome).isInstanceOf(Outcome.Stored.class);
        return ((Outcome.Stored) outcome).etag();
    }

    private static String read(String key) {
        return s3().getObject(get -> get.bucket("open").key(key), AsyncResponseTransformer.toBytes())
                .join()
                .asUtf8String();
    }

    private static List<String> keys() {
        return s3().listObjectsV2(list -> list.bucket("open")).join().contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static S3AsyncClient s3() {
        return clients.s3Async(clients.home());
    }

    private static ConditionalPut put(String bucket) {
        return new ConditionalPut(new BucketClient(clients::s3Async, clients.home(), bucket), Duration.ofSeconds(30));
    }
}
