package dev.muster.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.emulator.PracticeBucket.PendingUpload;
import dev.muster.emulator.PracticeBucket.Permission;
import dev.muster.emulator.PracticeBucket.StoredObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;

class ObjectsTest {
    private static final Instant THEN = Instant.parse("2024-05-06T07:08:09Z");
    private static final int PART = 5 << 20;

    private static PracticeCloud cloud;
    private static S3AsyncClient s3;

    @BeforeAll
    static void start() {
        Estate estate = Estate.of(
                PracticeBucket.of(
                        "plain",
                        StoredObject.ofText("greeting", "hello world", THEN),
                        StoredObject.ofSize(
                                "archive",
                                5_000_000_000L,
                                THEN,
                                dev.muster.emulator.keys.KeyGenerator.StorageClass.GLACIER)),
                PracticeBucket.of(
                                "versions",
                                StoredObject.ofText("a", "one", THEN),
                                StoredObject.ofText("a", "two", THEN),
                                StoredObject.ofText("b", "gone", THEN),
                                StoredObject.deleteMarker("b", THEN))
                        .keepingVersions(),
                PracticeBucket.of("uploads")
                        .with(
                                new PendingUpload("x", THEN, List.of(10L, 20L)),
                                new PendingUpload("x", THEN, List.of()),
                                new PendingUpload("y/z", THEN, List.of(30L))),
                PracticeBucket.of("blind", StoredObject.ofText("known", "!", THEN))
                        .denying(EnumSet.of(Permission.LIST)));
        cloud = PracticeCloud.start(estate);
        s3 = Clients.s3(cloud, estate.management());
    }

    @AfterAll
    static void stop() {
        s3.close();
        cloud.close();
    }

    @Test
    void whatIsPutComesBackWithItsMd5AndMetadata() {
        PutObjectResponse put = s3.putObject(
                        request -> request.bucket("plain")
                                .key("dir/ключ +%&.txt")
                                .contentType("text/plain")
                                .metadata(Map.of("colour", "green"))
                                .storageClass(StorageClass.STANDARD_IA),
                        AsyncRequestBody.fromString("abc"))
                .join();
        assertThat(put.eTag()).isEqualTo("\"900150983cd24fb0d6963f7d28e17f72\"");
        HeadObjectResponse head = s3.headObject(
                        request -> request.bucket("plain").key("dir/ключ +%&.txt"))
                .join();
        assertThat(head.contentLength()).isEqualTo(3);
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.metadata()).containsEntry("colour", "green");
        assertThat(head.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
        assertThat(head.contentEncoding()).isNull();
        assertThat(read("plain", "dir/ключ +%&.txt")).isEqualTo("abc");
    }

    @Test
    void rangesAreCutFromTheObject() {
        assertThat(read("plain", "greeting", get -> get.range("bytes=6-"))).isEqualTo("world");
        assertThat(read("plain", "greeting", get -> get.range("bytes=-5"))).isEqualTo("world");
        assertThat(read("plain", "greeting", get -> get.range("bytes=0-4"))).isEqualTo("hello");
        assertThat(read("plain", "archive", get -> get.range("bytes=4999999990-")))
                .isEqualTo("\0".repeat(10));
        assertRefused(416, "InvalidRange", () -> read("plain", "greeting", get -> get.range("bytes=11-")));
    }

    @Test
    void readsHeedIfMatchAndIfNoneMatch() {
        String etag = s3.headObject(request -> request.bucket("plain").key("greeting"))
                .join()
                .eTag();
        assertThat(read("plain", "greeting", get -> get.ifMatch(etag))).isEqualTo("hello world");
        assertRefused(412, "PreconditionFailed", () -> read("plain", "greeting", get -> get.ifMatch("\"other\"")));
        assertThatThrownBy(() -> read("plain", "greeting", get -> get.ifNoneMatch(etag)))
                .cause()
                .isInstanceOfSatisfying(S3Exception.class, error -> assertThat(error.statusCode())
                        .isEqualTo(304));
    }

    @Test
    void onlyOneOfTwoWritersOfANewObjectWins() {
        put("plain", "lock", "first", request -> request.ifNoneMatch("*"));
        assertRefused(
                412, "PreconditionFailed", () -> put("plain", "lock", "second", request -> request.ifNoneMatch("*")));
        assertThat(read("plain", "lock")).isEqualTo("first");
    }

    @Test
    void aWriteUnderAnOldETagIsRefused() {
        String first = put("plain", "state", "1", request -> {}).eTag();
        put("plain", "state", "2", request -> request.ifMatch(first));
        assertRefused(412, "PreconditionFailed", () -> put("plain", "state", "3", request -> request.ifMatch(first)));
        assertRefused(404, "NoSuchKey", () -> put("plain", "missing", "3", request -> request.ifMatch(first)));
        assertThat(read("plain", "state")).isEqualTo("2");
    }

    @Test
    void whatIsMissingIs404AndWithoutTheRightToList403() {
        assertRefused(404, "NoSuchKey", () -> read("plain", "no such key"));
        assertRefused(404, "NoSuchBucket", () -> read("no-such-bucket", "key"));
        assertRefused(403, "AccessDenied", () -> read("blind", "unknown"));
        assertThat(read("blind", "known")).isEqualTo("!");
    }

    @Test
    void deletingTellsNothingAboutWhatWasThere() {
        put("plain", "old/1", "x", request -> {});
        put("plain", "old/2", "x", request -> {});
        put("plain", "old/3", "x", request -> {});
        s3.deleteObject(request -> request.bucket("plain").key("old/1")).join();
        s3.deleteObject(request -> request.bucket("plain").key("old/1")).join();
        ObjectIdentifier[] two = {
            ObjectIdentifier.builder().key("old/2").build(),
            ObjectIdentifier.builder().key("old/3").build()
        };
        assertThat(s3.deleteObjects(request -> request.bucket("plain").delete(delete -> delete.objects(two)))
                        .join()
                        .deleted())
                .hasSize(2);
        assertThat(s3.listObjectsV2(request -> request.bucket("plain").prefix("old/"))
                        .join()
                        .keyCount())
                .isZero();
    }

    @Test
    void versionsAreListedNewestFirstAndPagedBetweenThem() {
        ListObjectVersionsResponse all =
                s3.listObjectVersions(request -> request.bucket("versions")).join();
        assertThat(all.versions()).extracting(ObjectVersion::key).containsExactly("a", "a", "b");
        assertThat(all.versions()).extracting(ObjectVersion::isLatest).containsExactly(true, false, false);
        assertThat(all.deleteMarkers()).hasSize(1);
        ListObjectVersionsResponse first = s3.listObjectVersions(
                        request -> request.bucket("versions").maxKeys(1))
                .join();
        ListObjectVersionsResponse second = s3.listObjectVersions(request -> request.bucket("versions")
                        .keyMarker(first.nextKeyMarker())
                        .versionIdMarker(first.nextVersionIdMarker()))
                .join();
        assertThat(first.isTruncated()).isTrue();
        assertThat(second.versions()).extracting(ObjectVersion::key).containsExactly("a", "b");
        assertThat(s3.listObjectsV2(request -> request.bucket("versions"))
                        .join()
                        .keyCount())
                .isEqualTo(1);
        String oldest = all.versions().get(1).versionId();
        assertThat(read("versions", "a", get -> get.versionId(oldest))).isEqualTo("one");
    }

    @Test
    void pendingUploadsAreListedAndPaged() {
        ListMultipartUploadsResponse first = s3.listMultipartUploads(
                        request -> request.bucket("uploads").maxUploads(1))
                .join();
        ListMultipartUploadsResponse rest = s3.listMultipartUploads(request -> request.bucket("uploads")
                        .keyMarker(first.nextKeyMarker())
                        .uploadIdMarker(first.nextUploadIdMarker()))
                .join();
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.uploads()).extracting(MultipartUpload::key).containsExactly("x");
        assertThat(rest.uploads()).extracting(MultipartUpload::key).containsExactly("x", "y/z");
        String uploadId = first.uploads().get(0).uploadId();
        assertThat(s3.listParts(request -> request.bucket("uploads").key("x").uploadId(uploadId))
                        .join()
                        .parts())
                .hasSize(2);
        assertThat(s3.listMultipartUploads(request -> request.bucket("uploads").delimiter("/"))
                        .join()
                        .commonPrefixes())
                .hasSize(1);
    }

    @Test
    void aMultipartUploadIsCompletedUnderItsCondition() {
        String uploadId = begin("big");
        CompletedPart first = upload("big", uploadId, 1, PART);
        CompletedPart second = upload("big", uploadId, 2, 3);
        put("plain", "big", "in the way", request -> {});
        assertRefused(412, "PreconditionFailed", () -> complete("big", uploadId, "*", first, second));
        s3.deleteObject(request -> request.bucket("plain").key("big")).join();
        assertThat(complete("big", uploadId, "*", first, second)).endsWith("-2\"");
        assertThat(s3.headObject(request -> request.bucket("plain").key("big"))
                        .join()
                        .contentLength())
                .isEqualTo(PART + 3);
        assertRefused(404, "NoSuchUpload", () -> complete("big", uploadId, null, first, second));
    }

    @Test
    void aPartThatIsTooSmallOrUnknownIsRefused() {
        String uploadId = begin("small");
        CompletedPart first = upload("small", uploadId, 1, 3);
        CompletedPart second = upload("small", uploadId, 2, 3);
        assertRefused(400, "EntityTooSmall", () -> complete("small", uploadId, null, first, second));
        CompletedPart unknown = CompletedPart.builder().partNumber(7).eTag("x").build();
        assertRefused(400, "InvalidPart", () -> complete("small", uploadId, null, first, unknown));
        s3.abortMultipartUpload(request -> request.bucket("plain").key("small").uploadId(uploadId))
                .join();
        assertRefused(404, "NoSuchUpload", () -> upload("small", uploadId, 3, 1));
    }

    private static String begin(String key) {
        return s3.createMultipartUpload(request -> request.bucket("plain").key(key))
                .join()
                .uploadId();
    }

    private static CompletedPart upload(String key, String uploadId, int number, int size) {
        String etag = s3.uploadPart(
                        request -> request.bucket("plain")
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number),
                        AsyncRequestBody.fromBytes(new byte[size]))
                .join()
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private static String complete(String key, String uploadId, String ifNoneMatch, CompletedPart... parts) {
        return s3.completeMultipartUpload(request -> request.bucket("plain")
                        .key(key)
                        .uploadId(uploadId)
                        .ifNoneMatch(ifNoneMatch)
                        .multipartUpload(upload -> upload.parts(parts)))
                .join()
                .eTag();
    }

    private static PutObjectResponse put(
            String bucket, String key, String text, Consumer<PutObjectRequest.Builder> more) {
        return s3.putObject(request -> more.accept(request.bucket(bucket).key(key)), AsyncRequestBody.fromString(text))
                .join();
    }

    private static String read(String bucket, String key) {
        return read(bucket, key, get -> {});
    }

    private static String read(String bucket, String key, Consumer<GetObjectRequest.Builder> more) {
        return s3.getObject(request -> more.accept(request.bucket(bucket).key(key)), AsyncResponseTransformer.toBytes())
                .join()
                .asUtf8String();
    }

    private static void assertRefused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(CompletionException.class).cause().satisfies(cause -> {
            S3Exception error = (S3Exception) cause;
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(error.requestId()).isNotBlank();
        });
    }
}
