package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.RunResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that claim to be the last, or say that there are more without a key: every entry counts, and no listing is endless. */
class DoubtfulEndsAuditTest {
    private static final int PAGE = 1000;

    @Test
    void aFullPageOfObjectsThatClaimsToBeTheLastIsNotBelieved() throws Exception {
        List<String> keys = keys(2_500);
        try (FakeS3 server = new FakeS3(
                parameters -> FakeS3.objects(page(keys, parameters.getOrDefault("start-after", "")), false))) {
            assertThat(tally(complete(server, false, false)).current().objects())
                    .isEqualTo(2_500);
        }
    }

    @Test
    void aFullPageOfVersionsThatClaimsToBeTheLastIsNotBelieved() throws Exception {
        List<String> keys = keys(2_500);
        try (FakeS3 server = new FakeS3(parameters -> FakeS3.versions(
                page(keys, parameters.getOrDefault("key-marker", "")).stream()
                        .map(key -> List.of(key, "v1"))
                        .toList(),
                false))) {
            assertThat(tally(complete(server, true, false)).noncurrent().objects())
                    .isEqualTo(2_500);
        }
    }

    @Test
    void aFullPageOfUploadsThatClaimsToBeTheLastIsNotBelieved() throws Exception {
        List<String> keys = keys(1_200);
        try (FakeS3 server = new FakeS3(parameters -> parameters.containsKey("uploads")
                ? FakeS3.uploads(page(keys, parameters.getOrDefault("key-marker", "")), false, "")
                : parameters.containsKey("uploadId") ? FakeS3.parts(false, "") : FakeS3.objects(List.of(), false))) {
            assertThat(tally(complete(server, false, true)).uploads().uploads()).isEqualTo(1_200);
        }
    }

    @Test
    void aPageThatClaimsToBeTheLastAndNamesATokenIsNotBelieved() throws Exception {
        List<String> keys = keys(25);
        try (FakeS3 server = new FakeS3(parameters -> {
            List<String> page = page(keys, parameters.getOrDefault("start-after", "")).stream()
                    .limit(10)
                    .toList();
            return FakeS3.objects(page, "token").replace("<IsTruncated>true<", "<IsTruncated>0<");
        })) {
            assertThat(tally(complete(server, false, false)).current().objects())
                    .isEqualTo(25);
        }
    }

    /** Decoded, the last key of a page is another one, behind which the server finds nothing. */
    @Test
    void whereKeysAreNotEscapedAsTheServerSaysItsTokenLeadsOn() throws Exception {
        List<String> keys = IntStream.range(0, 2_500)
                .mapToObj(number -> "a%2Fb " + (10_000 + number))
                .toList();
        try (FakeS3 server = new FakeS3(parameters -> escaping(keys, parameters, true))) {
            assertThat(tally(complete(server, false, false)).current().objects())
                    .isEqualTo(2_500);
        }
    }

    @Test
    void nothingWhereTheServerSaysThatMoreFollowsIsReported() throws Exception {
        List<String> keys = IntStream.range(0, 2_500)
                .mapToObj(number -> "a%2Fb " + (10_000 + number))
                .toList();
        requireFailure(parameters -> escaping(keys, parameters, false), "NoProgress");
    }

    private static String escaping(List<String> keys, Map<String, String> parameters, boolean tokens) {
        String after = parameters.getOrDefault("continuation-token", parameters.getOrDefault("start-after", ""));
        List<String> page = page(keys, after);
        boolean more = !page.isEmpty() && !page.contains(keys.get(keys.size() - 1));
        String answer = tokens && more ? FakeS3.objects(page, page.get(page.size() - 1)) : FakeS3.objects(page, more);
        return answer.replace("<IsTruncated>", "<EncodingType>url</EncodingType><IsTruncated>");
    }

    @Test
    void aServersOwnSizeOfPagesIsWhatIsFull() throws Exception {
        List<String> keys = keys(25);
        try (FakeS3 server = new FakeS3(parameters -> FakeS3.objects(
                        page(keys, parameters.getOrDefault("start-after", "")).stream()
                                .limit(10)
                                .toList(),
                        false)
                .replace("<IsTruncated>", "<MaxKeys>10</MaxKeys><IsTruncated>"))) {
            assertThat(tally(complete(server, false, false)).current().objects())
                    .isEqualTo(25);
        }
    }

    @Test
    void toBeSureOfABucketOfExactlyOnePageTakesOneRequestMore() throws Exception {
        try (FakeS3 exact = honest(PAGE);
                FakeS3 less = honest(PAGE - 1)) {
            complete(exact, false, false);
            complete(less, false, false);

            assertThat(exact.listings()).isEqualTo(2);
            assertThat(less.listings()).isEqualTo(1);
        }
    }

    /** A server without a limit sends all that it has, in an order of its own, whatever it is asked for. */
    @Test
    void aPageBeyondTheLimitIsBelievedToBeTheLast() throws Exception {
        List<String> keys = new ArrayList<>(keys(PAGE + 60));
        Collections.shuffle(keys, new Random(7));
        try (FakeS3 server = new FakeS3(parameters -> parameters.containsKey("uploadId")
                ? FakeS3.parts(false, "")
                : parameters.containsKey("uploads")
                        ? FakeS3.uploads(keys, false, "")
                        : FakeS3.objects(List.of(), false))) {
            assertThat(tally(complete(server, false, true)).uploads().uploads()).isEqualTo(PAGE + 60);
        }
    }

    @Test
    void aPageThatDoesNotSayWhetherItIsTheLastIsNotBelievedToBe() throws Exception {
        List<String> keys = keys(1_500);
        try (FakeS3 server = new FakeS3(parameters ->
                page(keys, parameters.getOrDefault("start-after", "")).isEmpty()
                        ? FakeS3.objects(List.of(), false)
                        : FakeS3.objects(page(keys, parameters.getOrDefault("start-after", "")), false)
                                .replace("<IsTruncated>false</IsTruncated>", ""))) {
            assertThat(tally(complete(server, false, false)).current().objects())
                    .isEqualTo(1_500);
        }
    }

    /** A server that has deleted keys in the middle, and can only be led past them by its token. */
    @Test
    void anEmptyPageWithATokenIsFollowed() throws Exception {
        List<String> keys = keys(2_500);
        try (FakeS3 server = new FakeS3(parameters -> {
            String after = parameters.getOrDefault("start-after", "");
            if ("past".equals(parameters.get("continuation-token"))) {
                return FakeS3.objects(page(keys, keys.get(999)), true);
            }
            return after.compareTo(keys.get(900)) >= 0 && after.compareTo(keys.get(1_400)) < 0
                    ? withToken("past")
                    : FakeS3.objects(page(keys, after), page(keys, after).size() == PAGE);
        })) {
            assertThat(tally(complete(server, false, false)).current().objects())
                    .isEqualTo(2_500);
        }
    }

    @Test
    void anEmptyRangeBeforeOtherKeysTakesOneRequest() throws Exception {
        List<String> keys = keys(5_000);
        BucketLocation bucket = new BucketLocation("", FakeS3.BUCKET, "us-east-1", false, 0);
        AuditTask range = new AuditTask.ListRange(bucket, new KeyRange("a", "b"));
        try (FakeS3 server = new FakeS3(parameters -> {
                    int from = Integer.parseInt(parameters.getOrDefault("continuation-token", "0"));
                    return FakeS3.objects(
                            keys.subList(from, from + PAGE), from + PAGE < 5_000 ? "" + (from + PAGE) : "");
                });
                PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            AuditScope scope = audit.scope(false, false);
            AuditExecutor executor = audit.executor(scope);
            AuditPlan plan = new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE);
            plan.resumed(List.of(new AuditTask.ListRange(bucket, new KeyRange("b", ""))));
            for (List<AuditTask> tasks = List.of(range); !tasks.isEmpty(); ) {
                AuditTask task = tasks.get(0);
                tasks = plan.completed(task, executor.execute(task).get(60, TimeUnit.SECONDS), new Demand(0, 0))
                        .next();
            }

            assertThat(server.listings()).isEqualTo(1);
        }
    }

    @Test
    void emptyPagesThatLeadNowhereAreNoticed() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        requireFailure(parameters -> withToken("t" + pages.incrementAndGet()), "NoProgress");
        requireFailure(parameters -> withToken("again"), "NoProgress");
        requireFailure(parameters -> FakeS3.objects(List.of(), true), "EmptyPage");
    }

    /** Behind {@code m} the server would lead back to {@code c}, and all from there on would count twice. */
    @Test
    void anEmptyPageOfVersionsThatLeadsBackIsNoticed() throws Exception {
        String forth = FakeS3.versions(List.of(List.of("d", "v1"), List.of("m", "v1")), true);
        String back = leadingTo("c", "v1");
        requireFailure(
                parameters -> parameters.getOrDefault("key-marker", "").equals("m") ? back : forth, "NoProgress");
    }

    @Test
    void anEmptyPageOfVersionsThatLeadsIntoTheKeyThatIsListedIsNoticed() throws Exception {
        String forth = FakeS3.versions(List.of(List.of("m", "")), true);
        String back = leadingTo("m", "v5");
        requireFailure(
                parameters -> parameters.getOrDefault("key-marker", "").equals("m") ? back : forth, "NoProgress");
    }

    @Test
    void versionsThatComeInACircleAreNoticed() throws Exception {
        requireFailure(
                parameters -> FakeS3.versions(
                        List.of(List.of(
                                "the only key",
                                "v1000".equals(parameters.get("version-id-marker")) ? "v2000" : "v1000")),
                        true),
                "NoProgress");
    }

    @Test
    void uploadsThatComeInACircleAreNoticed() throws Exception {
        requireFailure(
                parameters -> {
                    String id = "u1".equals(parameters.get("upload-id-marker")) ? "u2" : "u1";
                    return parameters.containsKey("uploads")
                            ? FakeS3.uploads(List.of("k"), true, "").replace("id-of-k", id)
                            : FakeS3.parts(false, "");
                },
                "NoProgress");
    }

    @Test
    void aKeyMarkerInAPageOfObjectsLeadsNowhere() throws Exception {
        String page = FakeS3.objects(List.of(), true)
                .replace("<IsTruncated>", "<NextKeyMarker>c</NextKeyMarker><IsTruncated>");
        requireFailure(parameters -> page, "EmptyPage");
    }

    @Test
    void aPageThatShowsNothingNewAndClaimsToBeTheLastIsTheEnd() throws Exception {
        String first = FakeS3.versions(List.of(List.of("a", "v1")), true);
        String again = FakeS3.versions(List.of(List.of("a", "v1")), false)
                .replace("<IsTruncated>", "<MaxKeys>1</MaxKeys><NextKeyMarker>a</NextKeyMarker><IsTruncated>");
        try (FakeS3 server = new FakeS3(parameters -> parameters.containsKey("key-marker") ? again : first)) {
            assertThat(tally(complete(server, true, false)).noncurrent().objects())
                    .isEqualTo(1);
        }
    }

    @Test
    void aWholePageOfUploadsIsCompleteInAnyOrder() throws Exception {
        String page = FakeS3.uploads(reversed(PAGE - 1), false, "");
        try (FakeS3 server = new FakeS3(parameters -> parameters.containsKey("uploads")
                ? page
                : parameters.containsKey("uploadId") ? FakeS3.parts(false, "") : FakeS3.objects(List.of(), false))) {
            assertThat(tally(complete(server, false, true)).uploads().uploads()).isEqualTo(PAGE - 1);
        }
    }

    @Test
    void aWholePageOfObjectsIsCompleteInAnyOrder() throws Exception {
        String page = FakeS3.objects(reversed(PAGE - 1), false);
        try (FakeS3 server = new FakeS3(parameters -> page)) {
            assertThat(tally(complete(server, false, false)).current().objects())
                    .isEqualTo(PAGE - 1);
        }
    }

    @Test
    void aFullPageInNoOrderThatClaimsToBeTheLastIsUnproven() throws Exception {
        List<String> keys = reversed(PAGE + 500).subList(0, PAGE);
        requireUnproven(parameters -> FakeS3.objects(keys, false), PAGE);
        requireUnproven(
                parameters -> FakeS3.versions(
                        keys.stream().map(key -> List.of(key, "v1")).toList(), false),
                PAGE);
        requireUnproven(parameters -> FakeS3.uploads(keys, false, ""), PAGE);
    }

    @Test
    void whatFollowsTheGreatestKeyOfAFullPageInNoOrderCounts() throws Exception {
        List<String> keys = reversed(PAGE);
        List<String> greater = List.of("z1", "z2");
        requireUnproven(
                parameters -> FakeS3.objects(
                        parameters.getOrDefault("start-after", "").equals(keys.get(0)) ? greater : keys, false),
                PAGE + 2);
        requireUnproven(
                parameters -> FakeS3.uploads(
                        parameters.getOrDefault("key-marker", "").equals(keys.get(0)) ? greater : keys, false, ""),
                PAGE + 2);
    }

    @Test
    void whereASmallerPageNamesATokenAFullPageInNoOrderIsGoneOnWith() throws Exception {
        List<String> keys = reversed(2_500);
        requireUnproven(
                parameters -> {
                    int most = Integer.parseInt(parameters.get("max-keys"));
                    int from = Integer.parseInt(parameters.getOrDefault("continuation-token", "0"));
                    int to = Math.min(keys.size(), from + most);
                    boolean told = to < keys.size() && most < PAGE;
                    return FakeS3.objects(keys.subList(from, to), told ? "" + to : "");
                },
                2_500);
    }

    private static List<String> reversed(int count) {
        List<String> keys = new ArrayList<>(keys(count));
        Collections.reverse(keys);
        return keys;
    }

    /** Behind its last key the server cannot be asked for more; but where it has more it names a token. */
    @ParameterizedTest
    @EnumSource(
            value = QuirkyServer.Quirk.class,
            names = {"IGNORES_KEYS", "REFUSES_KEYS"})
    void aFullLastPageBehindATokenIsTheEnd(QuirkyServer.Quirk quirk) throws Exception {
        try (FakeS3 server = new FakeS3(new QuirkyServer(keys(2 * PAGE), PAGE, Set.of(quirk)))) {
            assertThat(tally(complete(server, false, false)).current().objects())
                    .isEqualTo(2 * PAGE);
        }
    }

    @Test
    void aServerThatKnowsUploadsByTheirWholeKeysOnlyIsNamed() throws Exception {
        try (FakeS3 server = new FakeS3(parameters -> parameters.containsKey("uploads")
                        ? FakeS3.uploads(List.of(), false, "")
                        : FakeS3.objects(List.of("key"), false))
                .sending("Server", "MinIO")) {
            List<AuditFailure> failures = audit(server, false, true).summary().failures();

            assertThat(failures)
                    .extracting(AuditFailure::gap, AuditFailure::code)
                    .containsExactly(tuple(AuditFailure.Gap.UPLOADS, "ServerLimit"));
            assertThat(failures.get(0).sentence()).contains("MinIO");
        }
    }

    private static FakeS3 honest(int objects) throws Exception {
        List<String> keys = keys(objects);
        return new FakeS3(parameters -> FakeS3.objects(page(keys, parameters.getOrDefault("start-after", "")), false));
    }

    /** An empty page of versions. */
    private static String leadingTo(String key, String version) {
        return FakeS3.versions(List.of(), true)
                .replace(
                        "<IsTruncated>",
                        "<NextKeyMarker>" + key + "</NextKeyMarker><NextVersionIdMarker>" + version
                                + "</NextVersionIdMarker><IsTruncated>");
    }

    private static String withToken(String token) {
        return FakeS3.objects(List.of(), true)
                .replace(
                        "</ListBucketResult>",
                        "<NextContinuationToken>" + token + "</NextContinuationToken></ListBucketResult>");
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "key-" + (100_000 + number))
                .toList();
    }

    private static List<String> page(List<String> keys, String after) {
        return keys.stream().filter(key -> key.compareTo(after) > 0).limit(PAGE).toList();
    }

    /** One failure says that the order is not that of bytes; so many entries count all the same. */
    private static void requireUnproven(Function<Map<String, String>, String> listing, int count) throws Exception {
        AuditPartial found = audit(listing);
        ObjectTally tally = found.buckets().values().iterator().next().tally();

        assertThat(found.failures()).extracting(AuditFailure::code).containsExactly("KeyOrder");
        assertThat(tally.current().objects()
                        + tally.noncurrent().objects()
                        + tally.uploads().uploads())
                .isEqualTo(count);
    }

    private static void requireFailure(Function<Map<String, String>, String> listing, String code) throws Exception {
        assertThat(audit(listing).failures()).extracting(AuditFailure::code).containsOnly(code);
    }

    /** The listing is asked for objects, versions and uploads, and answers to one of them. */
    private static AuditPartial audit(Function<Map<String, String>, String> listing) throws Exception {
        String first = listing.apply(Map.of("uploads", "", "max-keys", "1000"));
        boolean versions = first.contains("<ListVersionsResult>");
        boolean uploads = first.contains("<ListMultipartUploadsResult>");
        try (FakeS3 server = new FakeS3(parameters -> parameters.containsKey("uploadId")
                ? FakeS3.parts(false, "")
                : uploads && parameters.containsKey("list-type")
                        ? FakeS3.objects(List.of(), false)
                        : listing.apply(parameters))) {
            return audit(server, versions, uploads).summary();
        }
    }

    private static ObjectTally tally(RunResult<AuditTask, AuditPartial> result) {
        return result.summary().buckets().values().iterator().next().tally();
    }

    private static RunResult<AuditTask, AuditPartial> complete(FakeS3 server, boolean versions, boolean uploads)
            throws Exception {
        RunResult<AuditTask, AuditPartial> result = audit(server, versions, uploads);
        assertThat(result.summary().failures()).isEmpty();
        return result;
    }

    private static RunResult<AuditTask, AuditPartial> audit(FakeS3 server, boolean versions, boolean uploads)
            throws Exception {
        try (PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            return audit.run(audit.scope(versions, uploads));
        }
    }
}
