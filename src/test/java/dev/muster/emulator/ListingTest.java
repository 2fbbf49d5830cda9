package dev.muster.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.emulator.PracticeBucket.StoredObject;
import dev.muster.emulator.keys.KeyGenerator;
import dev.muster.emulator.keys.KeyLayouts;
import dev.muster.emulator.keys.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class ListingTest {
    private static final List<String> AWKWARD = List.of(
            "\u0001control",
            " leading space",
            "%41",
            "+plus+",
            "<&>\"'",
            "a/b/c",
            "a/b/d",
            "a/e",
            "line\r\nbreak",
            "б",
            "\uffff",
            "\ud83d\ude80");

    private static final List<String> MARKUP =
            List.of(" ", "%41", "+", "<&>\"'", "]]>", "line\r\nbreak", "\ud83d\ude80");

    private static PracticeCloud cloud;
    private static S3AsyncClient s3;

    @BeforeAll
    static void start() {
        List<PracticeBucket> buckets = new ArrayList<>();
        KeyLayouts.byName().forEach((name, layout) -> buckets.add(PracticeBucket.of(name, layout.apply(3_210))));
        buckets.add(PracticeBucket.of("awkward", objects(AWKWARD)));
        buckets.add(PracticeBucket.of("markup", objects(MARKUP)));
        buckets.add(PracticeBucket.of("empty"));
        Estate estate = Estate.of(buckets.toArray(PracticeBucket[]::new));
        cloud = PracticeCloud.start(estate);
        s3 = Clients.s3(cloud, estate.management());
    }

    private static StoredObject[] objects(List<String> keys) {
        return keys.stream()
                .map(key -> StoredObject.ofText(key, key, Instant.parse("2020-02-29T23:59:59Z")))
                .toArray(StoredObject[]::new);
    }

    @AfterAll
    static void stop() {
        s3.close();
        cloud.close();
    }

    @AfterEach
    void heal() {
        cloud.faults().clear();
    }

    static List<String> layouts() {
        return List.copyOf(KeyLayouts.byName().keySet());
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyLayoutIsListedWithTheTotalsOfItsGenerator(String layout) {
        KeyGenerator keys = KeyLayouts.byName().get(layout).apply(3_210);
        List<S3Object> objects = listAll(ListObjectsV2Request.builder().bucket(layout));
        assertThat(objects.stream().map(S3Object::key))
                .hasSize(3_210)
                .doesNotHaveDuplicates()
                .startsWith(new String(keys.key(0), UTF_8));
        Totals totals = Totals.of(keys);
        assertThat(objects.stream().mapToLong(S3Object::size).sum()).isEqualTo(totals.bytes());
        assertThat(objects.stream()
                        .mapToLong(object -> object.lastModified().getEpochSecond())
                        .max())
                .hasValue(totals.newestSecond());
        assertThat(objects.stream()
                        .collect(Collectors.groupingBy(S3Object::storageClassAsString, Collectors.counting())))
                .isEqualTo(totals.objectsByClass().entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue)));
    }

    @Test
    void awkwardKeysComeInTheOrderOfTheirBytes() {
        assertThat(listAll(awkward().maxKeys(5))).extracting(S3Object::key).containsExactlyElementsOf(AWKWARD);
    }

    @Test
    void keysFullOfMarkupSurviveWithoutTheEncoding() {
        assertThat(keys(ListObjectsV2Request.builder().bucket("markup"))).containsExactlyElementsOf(MARKUP);
    }

    @Test
    void startAfterIsExclusiveAndNeedNotExist() {
        assertThat(keys(awkward().startAfter("б"))).containsExactly("\uffff", "\ud83d\ude80");
        assertThat(keys(awkward().startAfter("line"))).containsExactly("line\r\nbreak", "б", "\uffff", "\ud83d\ude80");
    }

    @Test
    void aDelimiterRollsKeysUpAndCommonPrefixesCountAsKeys() {
        ListObjectsV2Response first = list(awkward().prefix("a/").delimiter("/").maxKeys(1));
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/b/");
        assertThat(first.contents()).isEmpty();
        assertThat(first.keyCount()).isEqualTo(1);
        assertThat(first.isTruncated()).isTrue();
        ListObjectsV2Response second =
                list(awkward().prefix("a/").delimiter("/").continuationToken(first.nextContinuationToken()));
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("a/e");
        assertThat(second.commonPrefixes()).isEmpty();
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void aMarkerWithinACommonPrefixSkipsThatPrefix() {
        assertThat(list(awkward().prefix("a/").delimiter("/").startAfter("a/b/c"))
                        .commonPrefixes())
                .isEmpty();
    }

    @Test
    void directoriesOfAGeneratedBucketAreFoundBySeeking() {
        ListObjectsV2Response page = list(ListObjectsV2Request.builder()
                .bucket("tiny-directories")
                .prefix("users/")
                .delimiter("/"));
        assertThat(page.commonPrefixes()).hasSize(1000);
    }

    @Test
    void aPageAsLongAsTheBucketIsNotTruncated() {
        assertThat(list(awkward().maxKeys(12)).isTruncated()).isFalse();
        assertThat(list(awkward().maxKeys(11)).isTruncated()).isTrue();
        assertThat(list(awkward().maxKeys(0)).isTruncated()).isFalse();
        assertThat(list(ListObjectsV2Request.builder().bucket("empty")).keyCount())
                .isZero();
    }

    @Test
    void shortPagesSayThatThereIsMore() {
        cloud.faults().set(FaultProfile.NONE.withShortPageRate(1));
        ListObjectsV2Response page = list(ListObjectsV2Request.builder().bucket("uuid"));
        assertThat(page.keyCount()).isLessThan(1000);
        assertThat(page.isTruncated()).isTrue();
        assertThat(listAll(awkward())).extracting(S3Object::key).containsExactlyElementsOf(AWKWARD);
    }

    @Test
    void aForeignContinuationTokenIsAnInvalidArgument() {
        assertThat(catchThrowableOfType(
                                CompletionException.class,
                                () -> list(ListObjectsV2Request.builder()
                                        .bucket("uuid")
                                        .continuationToken("***")))
                        .getCause())
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"));
    }

    /** Control characters and U+FFFF have no place in XML 1.0: only the encoding brings them across. */
    private static ListObjectsV2Request.Builder awkward() {
        return ListObjectsV2Request.builder().bucket("awkward").encodingType("url");
    }

    private static List<String> keys(ListObjectsV2Request.Builder request) {
        return list(request).contents().stream().map(S3Object::key).toList();
    }

    private static ListObjectsV2Response list(ListObjectsV2Request.Builder request) {
        return s3.listObjectsV2(request.build()).join();
    }

    private static List<S3Object> listAll(ListObjectsV2Request.Builder request) {
        List<S3Object> objects = new ArrayList<>();
        s3.listObjectsV2Paginator(request.build())
                .subscribe(page -> objects.addAll(page.contents()))
                .join();
        return objects;
    }
}
