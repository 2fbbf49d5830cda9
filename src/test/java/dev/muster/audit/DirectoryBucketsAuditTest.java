package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.audit.stats.ExpectedTally;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.UploadSum;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.FaultProfile.Latency;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts.HiveKeys;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.emulator.keys.KeyLayouts.TinyDirectoryKeys;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.MemoryCheckpointStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DirectoryBucketsAuditTest {
    private static final String SUFFIX = "--use1-az4--x-s3";
    private static final Instant THEN = Instant.parse("2025-06-01T00:00:00Z");
    private static final FaultProfile STORM = FaultProfile.NONE
            .withErrorRate(0.02)
            .withResetRate(0.02)
            .withTruncationRate(0.02)
            .withShortPageRate(0.2);

    private static final Map<String, KeyGenerator> BUCKETS = new TreeMap<>(Map.of(
            "hive" + SUFFIX,
            new HiveKeys(9_001),
            "flat" + SUFFIX,
            new SequentialKeys(5_003),
            "tiny" + SUFFIX,
            new TinyDirectoryKeys(4_001),
            "empty" + SUFFIX,
            new SequentialKeys(0),
            "ordinary",
            new SequentialKeys(1_500)));

    @Test
    void directoryBucketsAreCountedExactlyThoughTheServerFailsAndBreaksOff() throws Exception {
        try (PracticeCloud cloud = cloud();
                PracticeAudit audit = audit(cloud)) {
            cloud.faults().seed(20_260_103);
            cloud.faults().set(STORM);

            requireExact(audit.run(scope(audit, "")));

            assertThat(cloud.counts().of("CreateSession")).isBetween(4L, 40L);
        }
    }

    @Test
    void interruptedAndResumedTheyAreCountedExactly() throws Exception {
        try (PracticeCloud cloud = cloud();
                PracticeAudit audit = audit(cloud)) {
            cloud.faults().set(FaultProfile.NONE.withLatency(Latency.fixed(Duration.ofMillis(20))));
            MemoryCheckpointStore.Memory memory = new MemoryCheckpointStore.Memory();
            LocalRun<AuditTask, AuditResult, AuditPartial> run =
                    audit.start(scope(audit, ""), new MemoryCheckpointStore(memory));
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> cloud.counts().of("ListObjectsV2") > 12
                            || run.result().toCompletableFuture().isDone());
            run.stop();
            assertThat(PracticeAudit.end(run).end()).isEqualTo(new RunEnd.Interrupted());

            requireExact(PracticeAudit.end(audit.resume(scope(audit, ""), new MemoryCheckpointStore(memory))));
        }
    }

    @Test
    void aPrefixNeedNotEndWhereADirectoryDoes() throws Exception {
        KeyGenerator keys = BUCKETS.get("hive" + SUFFIX);
        String key = ObjectKey.copyOf(keys.key(4_000)).text();
        for (String prefix :
                List.of(key.substring(0, key.indexOf('/') + 1), key.substring(0, key.lastIndexOf('/') - 1))) {
            try (PracticeCloud cloud = cloud();
                    PracticeAudit audit = audit(cloud)) {
                assertThat(tally(audit.run(scope(audit, prefix)), "hive" + SUFFIX))
                        .isEqualTo(ExpectedTally.of(
                                keys, i -> ObjectKey.copyOf(keys.key(i)).text().startsWith(prefix)));
            }
        }
    }

    @Test
    void theirIncompleteUploadsAreCounted() throws Exception {
        PracticeBucket bucket = PracticeBucket.of("uploads" + SUFFIX)
                .with(new PendingUpload("b/2", THEN, List.of(5L, 7L)), new PendingUpload("a/1", THEN, List.of(11L)));
        Estate estate = Estate.of(bucket);
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = audit(cloud)) {
            AuditScope scope = PracticeAudit.withDirectoryBuckets(audit.scope(false, true));
            RunResult<AuditTask, AuditPartial> result = audit.run(scope);

            assertThat(result.summary().failures()).isEmpty();
            assertThat(tally(result, "uploads" + SUFFIX).uploads())
                    .isEqualTo(new UploadSum(2, 23, THEN.toEpochMilli()));
        }
    }

    @Test
    void withoutTheOptionTheyAreLeftAlone() throws Exception {
        try (PracticeCloud cloud = cloud();
                PracticeAudit audit = audit(cloud)) {
            RunResult<AuditTask, AuditPartial> result = audit.run(audit.scope(false, false));

            assertThat(result.summary().buckets().keySet())
                    .extracting(BucketId::bucket)
                    .containsExactly("ordinary");
            assertThat(cloud.counts().of("ListDirectoryBuckets")).isZero();
        }
    }

    @Test
    void thePracticeCloudRefusesWhatDirectoryBucketsDoNotKnow() {
        Estate estate = estate();
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                S3Client client = S3Client.builder()
                        .endpointOverride(cloud.endpoint())
                        .forcePathStyle(true)
                        .region(Region.of(Estate.REGION))
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                                estate.management().accessKeyId(),
                                estate.management().secretAccessKey())))
                        .build()) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> client.listObjectsV2(
                            request -> request.bucket("flat" + SUFFIX).startAfter("a")))
                    .satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(501));
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> client.listObjectsV2(
                            request -> request.bucket("flat" + SUFFIX).prefix("fra")))
                    .satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(400));
            List<String> keys = client.listObjectsV2(request -> request.bucket("flat" + SUFFIX)).contents().stream()
                    .map(object -> object.key())
                    .toList();
            assertThat(keys).hasSize(1000).isNotEqualTo(keys.stream().sorted().toList());
        }
    }

    private static AuditScope scope(PracticeAudit audit, String prefix) {
        return PracticeAudit.withDirectoryBuckets(
                audit.scope(Optional.empty(), List.of(), BucketFilter.ALL, prefix, false, false));
    }

    private static Estate estate() {
        return Estate.of(BUCKETS.entrySet().stream()
                .map(bucket -> PracticeBucket.of(bucket.getKey(), bucket.getValue()))
                .toArray(PracticeBucket[]::new));
    }

    private static PracticeCloud cloud() {
        return PracticeCloud.start(estate());
    }

    private static PracticeAudit audit(PracticeCloud cloud) {
        return PracticeAudit.of(cloud, Estate.of(new PracticeBucket[0]).management());
    }

    private static void requireExact(RunResult<AuditTask, AuditPartial> result) {
        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().failures()).isEmpty();
        BUCKETS.forEach((name, keys) -> assertThat(tally(result, name)).as(name).isEqualTo(ExpectedTally.of(keys)));
    }

    private static ObjectTally tally(RunResult<AuditTask, AuditPartial> result, String bucket) {
        String account = Estate.of(new PracticeBucket[0]).management().id();
        return result.summary().buckets().get(new BucketId(account, bucket)).tally();
    }
}
