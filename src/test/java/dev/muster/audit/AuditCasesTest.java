package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.ExpectedTally;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.UploadSum;
import dev.muster.emulator.Estate;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import dev.muster.emulator.server.ServiceError;
import dev.muster.engine.LocalRun;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.MemoryCheckpointStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditCasesTest {
    private static final Instant THEN = Instant.parse("2024-05-06T07:08:09Z");
    private static final String ROLE = "OrganizationAccountAccessRole";

    @Test
    void versionsAndDeleteMarkersAreCountedAcrossPageBorders() throws Exception {
        List<StoredObject> versions = new ArrayList<>();
        versions.addAll(Collections.nCopies(3, object("a", 1)));
        versions.addAll(Collections.nCopies(2_504, object("b", 10)));
        versions.addAll(List.of(object("c", 100), StoredObject.deleteMarker("c", THEN), object("c", 1_000)));
        versions.addAll(List.of(object("d", 10_000), StoredObject.deleteMarker("d", THEN)));
        versions.add(StoredObject.deleteMarker("e", THEN));
        PracticeBucket bucket = PracticeBucket.of("history", versions.toArray(StoredObject[]::new))
                .keepingVersions();
        try (PracticeCloud cloud = PracticeCloud.start(Estate.of(bucket))) {
            cloud.faults().set("s3:ListObjectVersions", FaultProfile.NONE.withShortPageRate(0.3));

            ObjectTally tally = onlyBucket(audit(cloud, true, false)).tally();

            assertThat(tally.current()).isEqualTo(new ObjectSum(3, 1 + 10 + 1_000));
            assertThat(tally.noncurrent()).isEqualTo(new ObjectSum(2 + 2_503 + 1 + 1, 2 + 25_030 + 100 + 10_000));
            assertThat(tally.deleteMarkers()).isEqualTo(3);
        }
    }

    @Test
    void theVersionsOfABucketThatKeepsNoneAreItsObjects() throws Exception {
        SequentialKeys keys = new SequentialKeys(4_321);
        try (PracticeCloud cloud = PracticeCloud.start(Estate.of(PracticeBucket.of("plain", keys)))) {
            assertThat(onlyBucket(audit(cloud, true, false)).tally()).isEqualTo(ExpectedTally.of(keys));
        }
    }

    @Test
    void uploadsAreCountedWithAllTheirParts() throws Exception {
        List<PendingUpload> uploads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            uploads.add(new PendingUpload("key " + i % 7, THEN.plusSeconds(i), List.of(7L)));
        }
        uploads.add(new PendingUpload("many parts", THEN.minusSeconds(1), Collections.nCopies(2_005, 5_000_000L)));
        PracticeBucket bucket = PracticeBucket.of("begun").with(uploads.toArray(PendingUpload[]::new));
        try (PracticeCloud cloud = PracticeCloud.start(Estate.of(bucket))) {
            cloud.faults().seed(20_260_103);
            cloud.faults().set("s3:ListMultipartUploads", FaultProfile.NONE.withShortPageRate(1));

            ObjectTally tally = onlyBucket(audit(cloud, false, true)).tally();

            long oldest = THEN.minusSeconds(1).toEpochMilli();
            assertThat(tally.uploads()).isEqualTo(new UploadSum(61, 60 * 7L + 2_005 * 5_000_000L, oldest));
            assertThat(cloud.counts().of("ListParts")).as("pages of parts").isGreaterThanOrEqualTo(63);
        }
    }

    @Test
    void aBucketInAnotherRegionIsCountedThere() throws Exception {
        SequentialKeys keys = new SequentialKeys(1_500);
        PracticeBucket bucket = PracticeBucket.of("abroad", keys).in("eu-central-1");
        try (PracticeCloud cloud = PracticeCloud.start(Estate.of(bucket))) {
            BucketStats found = onlyBucket(audit(cloud, false, false));

            assertThat(found.facts().region()).isEqualTo("eu-central-1");
            assertThat(found.tally()).isEqualTo(ExpectedTally.of(keys));
        }
    }

    @Test
    void aBucketThatIsNotWhereItWasTakenToBeIsFollowed() throws Exception {
        PracticeBucket bucket =
                PracticeBucket.of("abroad", new SequentialKeys(10)).in("eu-central-1");
        Estate estate = Estate.of(bucket);
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            BucketLocation home = new BucketLocation(
                    estate.management().id(), "abroad", Estate.REGION, false, PracticeAudit.AS_OF.toEpochMilli());

            AuditResult found = audit.executor(audit.scope(false, false))
                    .execute(new AuditTask.ListRange(home, KeyRange.ALL))
                    .get(60, TimeUnit.SECONDS);

            assertThat(found).isEqualTo(new AuditResult.Elsewhere("eu-central-1"));
        }
    }

    @Test
    void aDeniedBucketIsNamedAndHidesNoOther() throws Exception {
        SequentialKeys keys = new SequentialKeys(2_000);
        Estate estate = Estate.of(
                PracticeBucket.of("locked").locked(), PracticeBucket.of("open", keys), PracticeBucket.of("z"));
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            RunResult<AuditTask, AuditPartial> result = audit(cloud, false, false);

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.summary().failures())
                    .extracting(AuditFailure::bucket, AuditFailure::code)
                    .containsExactly(tuple("locked", "AccessDenied"));
            assertThat(tally(result, "open")).isEqualTo(ExpectedTally.of(keys));
            assertThat(tally(result, "z").current()).isEqualTo(ObjectSum.NONE);
            assertThat(result.summary().bucketsDone()).isEqualTo(3);
        }
    }

    @Test
    void aBucketDeletedMeanwhileIsNamedAndHidesNoOther() throws Exception {
        SequentialKeys keys = new SequentialKeys(2_000);
        Estate estate = Estate.of(PracticeBucket.of("gone"), PracticeBucket.of("stays", keys));
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            cloud.faults().set("s3:ListObjectsV2", FaultProfile.NONE.withHangRate(1));
            LocalRun<AuditTask, AuditResult, AuditPartial> run = audit.start(
                    audit.scope(false, false), new MemoryCheckpointStore(new MemoryCheckpointStore.Memory()));
            await().atMost(Duration.ofSeconds(60)).until(() -> cloud.counts().of("ListObjectsV2") > 1);
            delete(cloud, estate.management(), "gone");
            cloud.faults().clear();

            RunResult<AuditTask, AuditPartial> result = PracticeAudit.end(run);

            assertThat(result.summary().failures())
                    .extracting(AuditFailure::bucket, AuditFailure::code)
                    .containsExactly(tuple("gone", "NoSuchBucket"));
            assertThat(tally(result, "stays")).isEqualTo(ExpectedTally.of(keys));
        }
    }

    @Test
    void refusalsOutOfTheBlueCostNothing() throws Exception {
        SequentialKeys keys = new SequentialKeys(30_000);
        Estate estate = Estate.of(PracticeBucket.of("logs", keys), PracticeBucket.of("more", keys));
        List<ServiceError> refusals = Stream.of(
                        "SignatureDoesNotMatch", "RequestTimeTooSkewed", "InvalidAccessKeyId", "ExpiredToken")
                .map(code -> new ServiceError(403, code, "out of the blue"))
                .toList();
        ServiceError gone = new ServiceError(404, "NoSuchBucket", "out of the blue");
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            cloud.faults()
                    .set(
                            "s3:ListObjectsV2",
                            FaultProfile.NONE.withErrors(
                                    0.2,
                                    Stream.concat(refusals.stream(), Stream.of(gone))
                                            .toList()));

            RunResult<AuditTask, AuditPartial> result = audit.run(audit.scope(false, false));

            assertThat(result.summary().failures()).isEmpty();
            assertThat(result.stats().failed()).isPositive();
            assertThat(tally(result, "logs")).isEqualTo(ExpectedTally.of(keys));
            assertThat(tally(result, "more")).isEqualTo(ExpectedTally.of(keys));
        }
    }

    @Test
    void anAccountThatCannotBeEnteredIsNamedAndHidesNoOther() throws Exception {
        SequentialKeys first = new SequentialKeys(1_200);
        SequentialKeys second = new SequentialKeys(2_300);
        Estate estate = Estate.of(
                PracticeAccount.of("111111111111", "management", PracticeBucket.of("one", first)),
                PracticeAccount.of("222222222222", "member", PracticeBucket.of("two", second)),
                PracticeAccount.of("333333333333", "closed-door", PracticeBucket.of("three", first))
                        .withRoles(),
                PracticeAccount.of("444444444444", "former", PracticeBucket.of("four", first))
                        .inState("SUSPENDED"));
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            RunResult<AuditTask, AuditPartial> result =
                    audit.run(audit.scope(Optional.of(ROLE), List.of(), BucketFilter.ALL, "", false, false));

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.summary().failures())
                    .extracting(AuditFailure::gap, AuditFailure::account, AuditFailure::code)
                    .containsExactly(tuple(AuditFailure.Gap.ACCOUNT, "333333333333", "AccessDenied"));
            assertThat(result.summary().accounts()).containsExactly("111111111111", "222222222222", "333333333333");
            assertThat(result.summary().buckets().keySet())
                    .extracting(BucketId::bucket)
                    .containsExactly("one", "two");
            assertThat(tally(result, "two")).isEqualTo(ExpectedTally.of(second));
        }
    }

    @Test
    void onlyPickedAccountsAreAudited() throws Exception {
        Estate estate = Estate.of(
                PracticeAccount.of("111111111111", "management", PracticeBucket.of("one")),
                PracticeAccount.of("222222222222", "member", PracticeBucket.of("two")));
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            RunResult<AuditTask, AuditPartial> result = audit.run(
                    audit.scope(Optional.of(ROLE), List.of("222222222222"), BucketFilter.ALL, "", false, false));

            assertThat(result.summary().failures()).isEmpty();
            assertThat(result.summary().buckets().keySet())
                    .extracting(BucketId::bucket)
                    .containsExactly("two");
        }
    }

    @Test
    void bucketsArePickedByNameAndPattern() throws Exception {
        Estate estate = Estate.of(
                PracticeBucket.of("logs-new"),
                PracticeBucket.of("logs-old"),
                PracticeBucket.of("media"),
                PracticeBucket.of("other"));
        BucketFilter filter = new BucketFilter(List.of("logs-*", "media", "no-such"), List.of("logs-old", "nothing-*"));
        try (PracticeCloud cloud = PracticeCloud.start(estate);
                PracticeAudit audit = PracticeAudit.of(cloud, estate.management())) {
            AuditPartial found = audit.run(audit.scope(Optional.empty(), List.of(), filter, "", false, false))
                    .summary();

            assertThat(found.buckets().keySet()).extracting(BucketId::bucket).containsExactly("logs-new", "media");
            assertThat(found.matched()).containsExactlyInAnyOrder("logs-*", "logs-old", "media");
        }
    }

    private static StoredObject object(String key, long bytes) {
        return StoredObject.ofSize(key, bytes, THEN, StorageClass.STANDARD);
    }

    private static RunResult<AuditTask, AuditPartial> audit(PracticeCloud cloud, boolean versions, boolean uploads)
            throws Exception {
        try (PracticeAudit audit =
                PracticeAudit.of(cloud, Estate.of(new PracticeBucket[0]).management())) {
            return audit.run(audit.scope(versions, uploads));
        }
    }

    private static BucketStats onlyBucket(RunResult<AuditTask, AuditPartial> result) {
        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().failures()).isEmpty();
        assertThat(result.summary().buckets()).hasSize(1);
        return result.summary().buckets().values().iterator().next();
    }

    private static ObjectTally tally(RunResult<AuditTask, AuditPartial> result, String bucket) {
        return result.summary().buckets().entrySet().stream()
                .filter(entry -> entry.getKey().bucket().equals(bucket))
                .findFirst()
                .orElseThrow()
                .getValue()
                .tally();
    }

    /** The cloud verifies no signature; it reads only whose it is. */
    private static void delete(PracticeCloud cloud, PracticeAccount account, String bucket) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/" + bucket))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + account.accessKeyId()
                                + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")
                .DELETE()
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }
}
