package dev.muster.audit;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Keys;
import dev.muster.audit.split.Probe;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.Ranking;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.output.SizeUnit;
import dev.muster.report.AuditReport;
import dev.muster.report.AuditReport.RunFacts;
import dev.muster.report.ReportOptions;
import dev.muster.report.RowStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that do not keep to the S3 API: a clear failure, never a wrong total that looks right, never an endless loop. */
class OddServersAuditTest {
    private static final int PAGE = 1000;

    @Test
    void aServerThatDoesNotKnowEncodingTypeIsCountedExactly() throws Exception {
        List<String> keys = Stream.of(
                        "100%25", "a+b c", "a&b<c>", "\u043a\u043b\u044e\u0447", "emoji \ud83d\ude80", "%41", "plain")
                .sorted(Keys::compare)
                .toList();
        try (FakeS3 server = new FakeS3(listing(keys, Keys::compare, 2))) {
            ObjectTally tally = onlyTally(audit(server, false, false));

            assertThat(tally.current()).isEqualTo(new ObjectSum(keys.size(), keys.size()));
            assertThat(tally.lists().get(Ranking.NEWEST))
                    .extracting(entry -> entry.key().text())
                    .containsExactlyElementsOf(keys);
        }
    }

    /** Of the first page the last version is the last key, and a key of the sample; so is the last marker, far before it. */
    @Test
    void aServerThatSendsAllVersionsOfAPageBeforeItsDeleteMarkersIsCountedExactly() throws Exception {
        int markers = 64;
        List<String> keys = keys(2 * markers + 101, "key");
        try (FakeS3 server = new FakeS3(parameters -> {
            String after = parameters.getOrDefault("key-marker", "");
            List<String> rest =
                    keys.stream().filter(key -> key.compareTo(after) > 0).toList();
            List<String> page = rest.stream().limit(2 * markers + 1).toList();
            Map<Boolean, List<List<String>>> kinds = page.stream()
                    .collect(partitioningBy(
                            key -> keys.indexOf(key) < markers, mapping(key -> List.of(key, "id"), toList())));
            return FakeS3.versions(kinds.get(false), kinds.get(true), rest.size() > page.size());
        })) {
            ObjectTally tally = onlyTally(audit(server, true, false));

            assertThat(tally.deleteMarkers()).isEqualTo(markers);
            assertThat(tally.noncurrent()).isEqualTo(new ObjectSum(keys.size() - markers, keys.size() - markers));
        }
    }

    @Test
    void aServerThatOrdersKeysAsUtf16IsNoticed() throws Exception {
        List<String> keys =
                keys(1_500, "emoji \ud83d\ude80 ", "kana \uff71 ", "plain ", "same \ud83d\ude80 ", "same \uff71 ");
        try (FakeS3 server = new FakeS3(listing(keys, Comparator.naturalOrder(), PAGE))) {
            requireFailure(server, false, false, "KeyOrder");
        }
    }

    @Test
    void aServerThatIgnoresStartAfterIsNoticed() throws Exception {
        String page = FakeS3.objects(keys(10, "key"), true);
        try (FakeS3 server = new FakeS3(parameters -> page)) {
            requireFailure(server, false, false, "KeyOrder");
        }
    }

    @Test
    void aServerThatPromisesMoreWithoutAKeyIsNoticed() throws Exception {
        try (FakeS3 server = new FakeS3(parameters -> FakeS3.objects(List.of(), true))) {
            requireFailure(server, false, false, "EmptyPage");
        }
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "405, MethodNotAllowed", "400, NotImplemented"})
    void whereVersionsAreNotSupportedTheObjectsCount(int status, String code) throws Exception {
        Function<Map<String, String>, String> objects = listing(keys(1_500, "key"), Keys::compare, PAGE);
        try (FakeS3 server = new FakeS3(parameters ->
                parameters.containsKey("versions") ? FakeS3.error(status, code) : objects.apply(parameters))) {
            requireObjectsWithoutVersions(audit(server, true, false), code);
        }
    }

    @Test
    void whereObjectsAreListedInsteadOfVersionsTheyCount() throws Exception {
        Function<Map<String, String>, String> objects = listing(keys(1_500, "key"), Keys::compare, PAGE);
        try (FakeS3 server = new FakeS3(objects)) {
            requireObjectsWithoutVersions(audit(server, true, false), "OtherListing");
        }
    }

    @Test
    void aServerThatNeverSaysWhetherThereIsMoreIsAskedUntilThereIsNone() throws Exception {
        Function<Map<String, String>, String> objects = listing(keys(1_500, "key"), Keys::compare, PAGE);
        try (FakeS3 server = new FakeS3(
                parameters -> objects.apply(parameters).replaceAll("<IsTruncated>[a-z]+</IsTruncated>", ""))) {
            RunResult<AuditTask, AuditPartial> result = audit(server, false, false);

            assertThat(result.summary().failures()).isEmpty();
            assertThat(onlyTally(result).current()).isEqualTo(new ObjectSum(1_500, 1_500));
        }
    }

    @Test
    void whereNoVersionsAreListedTheObjectsCount() throws Exception {
        Function<Map<String, String>, String> objects = listing(keys(1_500, "key"), Keys::compare, PAGE);
        try (FakeS3 server = new FakeS3(parameters ->
                parameters.containsKey("versions") ? FakeS3.versions(List.of(), false) : objects.apply(parameters))) {
            requireObjectsWithoutVersions(audit(server, true, false), "NoVersions");
        }
    }

    @Test
    void anEmptyBucketHasNoVersions() throws Exception {
        try (FakeS3 server = new FakeS3(parameters -> parameters.containsKey("versions")
                ? FakeS3.versions(List.of(), false)
                : FakeS3.objects(List.of(), false))) {
            assertThat(audit(server, true, false).summary().failures()).isEmpty();
            assertThat(server.listings()).isEqualTo(2);
        }
    }

    private static void requireObjectsWithoutVersions(RunResult<AuditTask, AuditPartial> result, String code) {
        ReportOptions options = new ReportOptions(Set.of(), 0, false, SizeUnit.BYTES, true, false);
        RunFacts run = new RunFacts(true, false, result.startedAt(), Duration.ZERO, 1, Set.of(), Set.of());
        RowStatus standing = AuditReport.of(result.summary(), run, options, List.of())
                .buckets()
                .get(0)
                .standing();

        assertThat(onlyTally(result).current()).isEqualTo(new ObjectSum(1_500, 1_500));
        assertThat(result.summary().failures())
                .extracting(AuditFailure::gap, AuditFailure::code)
                .containsExactly(tuple(AuditFailure.Gap.VERSIONS, code));
        assertThat(standing.counted()).isTrue();
        assertThat(standing.versionsCounted()).isFalse();
        assertThat(standing.complete()).isFalse();
    }

    @Test
    void aServerThatRepeatsVersionsForeverIsNoticed() throws Exception {
        List<List<String>> versions = IntStream.range(0, 5)
                .mapToObj(number -> List.of("the only key", "v" + number))
                .toList();
        try (FakeS3 server = new FakeS3(parameters -> FakeS3.versions(versions, true))) {
            requireFailure(server, true, false, "NoProgress");
        }
    }

    @Test
    void aServerThatGoesBackAmongKeysWithVersionsIsNoticed() throws Exception {
        List<List<String>> versions = List.of(List.of("a", "v1"), List.of("b", "v2"));
        try (FakeS3 server = new FakeS3(parameters -> FakeS3.versions(versions, true))) {
            requireFailure(server, true, false, "NoProgress");
        }
    }

    @Test
    void aServerThatRepeatsItsBucketsForeverIsNoticed() throws Exception {
        try (FakeS3 server = new FakeS3(parameters -> FakeS3.objects(List.of("a"), false)).repeatingBuckets()) {
            RunResult<AuditTask, AuditPartial> result = audit(server, false, false);

            assertThat(result.summary().failures())
                    .extracting(AuditFailure::gap, AuditFailure::code)
                    .containsExactly(tuple(AuditFailure.Gap.ACCOUNT, "NoProgress"));
            assertThat(result.summary().buckets().values())
                    .extracting(stats -> stats.tally().current().objects())
                    .containsExactly(1L);
        }
    }

    @Test
    void anAccountWithoutBucketsIsComplete() throws Exception {
        try (FakeS3 server = new FakeS3(parameters -> "").withoutBuckets()) {
            RunResult<AuditTask, AuditPartial> result = audit(server, false, false);

            assertThat(result.end()).isEqualTo(new RunEnd.Complete());
            assertThat(result.summary().failures()).isEmpty();
        }
    }

    @Test
    void anEmptyAnswerIsNoListOfBuckets() throws Exception {
        try (FakeS3 server = new FakeS3(parameters -> FakeS3.objects(List.of("a"), false)).hidingBuckets()) {
            assertThat(audit(server, false, false).summary().failures())
                    .extracting(AuditFailure::gap, AuditFailure::code)
                    .containsExactly(tuple(AuditFailure.Gap.ACCOUNT, "MalformedAnswer"));
        }
    }

    @Test
    void anEmptyAnswerIsNoPageOfUploads() throws Exception {
        try (FakeS3 server = new FakeS3(uploads(""))) {
            requireFailure(server, false, true, "MalformedAnswer");
        }
    }

    @Test
    void anEmptyAnswerIsNoPageOfParts() throws Exception {
        try (FakeS3 server = new FakeS3(uploads(FakeS3.uploads(List.of("a"), false, ""), ""))) {
            requireFailure(server, false, true, "MalformedAnswer");
        }
    }

    @Test
    void aServerThatRepeatsUploadsForeverIsNoticed() throws Exception {
        String markers = "<NextKeyMarker>b</NextKeyMarker><NextUploadIdMarker>id-of-b</NextUploadIdMarker>";
        try (FakeS3 server = new FakeS3(uploads(FakeS3.uploads(List.of("a", "b"), true, markers)))) {
            requireFailure(server, false, true, "NoProgress");
        }
    }

    @Test
    void aServerThatWouldGoOnBeforeTheLastUploadIsNoticed() throws Exception {
        String markers = "<NextKeyMarker>b</NextKeyMarker><NextUploadIdMarker>id-of-b</NextUploadIdMarker>";
        try (FakeS3 server = new FakeS3(uploads(FakeS3.uploads(List.of("a", "c"), true, markers)))) {
            requireFailure(server, false, true, "NoProgress");
        }
    }

    @Test
    void aServerThatPromisesMoreUploadsWithoutAMarkerIsNoticed() throws Exception {
        try (FakeS3 server = new FakeS3(uploads(FakeS3.uploads(List.of("a", "b"), true, "")))) {
            requireFailure(server, false, true, "NoProgress");
        }
    }

    @Test
    void aServerThatRepeatsPartsForeverIsNoticed() throws Exception {
        String page = FakeS3.parts(true, "<NextPartNumberMarker>1</NextPartNumberMarker>");
        try (FakeS3 server = new FakeS3(uploads(FakeS3.uploads(List.of("a"), false, ""), page))) {
            requireFailure(server, false, true, "NoProgress");
        }
    }

    @Test
    void serversThatSendOneFromRegionToRegionAreNotFollowedForever() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FakeS3 server =
                new FakeS3(parameters -> FakeS3.redirection("eu-west-" + (1 + asked.getAndIncrement() % 2)))) {
            requireFailure(server, false, false, "PermanentRedirect");
        }
    }

    @Test
    void aRegionThatDoesNotKnowTheCredentialsCostsItsBucketAndNotTheRun() throws Exception {
        AtomicBoolean sent = new AtomicBoolean();
        String unknown =
                "<Error><Code>InvalidAccessKeyId</Code><Message>the server knows no such key</Message></Error>";
        try (FakeS3 server =
                new FakeS3(parameters -> sent.getAndSet(true) ? unknown : FakeS3.redirection("ap-east-1"))) {
            requireFailure(server, false, false, "InvalidAccessKeyId");
        }
    }

    @Test
    void aRequestThatIsGivenUpFreesItsConnection() throws Exception {
        AtomicBoolean hanging = new AtomicBoolean(true);
        CountDownLatch over = new CountDownLatch(1);
        Timeouts endless = new Timeouts(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5));
        try (FakeS3 server = new FakeS3(parameters -> answer(hanging, over));
                PracticeAudit audit = PracticeAudit.of(server.endpoint(), endless)) {
            AuditExecutor executor = audit.executor(audit.scope(false, false));
            AuditTask task =
                    new AuditTask.ListRange(new BucketLocation("", FakeS3.BUCKET, "us-east-1", false, 0), KeyRange.ALL);
            List<CompletableFuture<AuditResult>> stuck = Stream.generate(() -> executor.execute(task))
                    .limit(PracticeAudit.WORKERS)
                    .toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> server.listings() == PracticeAudit.WORKERS);
            hanging.set(false);

            stuck.forEach(request -> request.cancel(true));

            assertThat(executor.execute(task).get(60, TimeUnit.SECONDS)).isInstanceOf(AuditResult.Objects.class);
            over.countDown();
        }
    }

    @Test
    void aProbeThatFailsIsNotTriedAgain() throws Exception {
        try (FakeS3 server = new FakeS3(parameters -> "");
                PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            AuditTask probe = new AuditTask.ProbePrefix(
                    new BucketLocation("", FakeS3.BUCKET, "us-east-1", false, 0), new Probe("a/"));

            assertThat(audit.executor(audit.scope(false, false)).execute(probe).get(60, TimeUnit.SECONDS))
                    .isEqualTo(AuditResult.Names.UNKNOWN);
        }
    }

    @Test
    void aServerThatPromisesMorePartsWithoutAMarkerIsNoticed() throws Exception {
        try (FakeS3 server = new FakeS3(uploads(FakeS3.uploads(List.of("a"), false, ""), FakeS3.parts(true, "")))) {
            requireFailure(server, false, true, "NoProgress");
        }
    }

    private static String answer(AtomicBoolean hanging, CountDownLatch over) {
        try {
            if (hanging.get()) {
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FakeS3.objects(List.of("key"), false);
    }

    /** An honest listing of one-byte objects, but for the order. */
    private static Function<Map<String, String>, String> listing(
            List<String> keys, Comparator<String> order, int pageSize) {
        List<String> sorted = keys.stream().sorted(order).toList();
        return parameters -> {
            String after = parameters.getOrDefault("start-after", "");
            String prefix = parameters.getOrDefault("prefix", "");
            List<String> rest = sorted.stream()
                    .filter(key -> key.startsWith(prefix) && order.compare(key, after) > 0)
                    .limit(pageSize + 1L)
                    .toList();
            return FakeS3.objects(rest.subList(0, Math.min(pageSize, rest.size())), rest.size() > pageSize);
        };
    }

    private static Function<Map<String, String>, String> uploads(String page) {
        return uploads(page, FakeS3.parts(false, ""));
    }

    private static Function<Map<String, String>, String> uploads(String page, String parts) {
        return parameters -> {
            if (parameters.containsKey("uploads")) {
                return page;
            }
            return parameters.containsKey("uploadId") ? parts : FakeS3.objects(List.of(), false);
        };
    }

    private static List<String> keys(int each, String... prefixes) {
        List<String> keys = new ArrayList<>();
        for (String prefix : prefixes) {
            IntStream.range(0, each)
                    .mapToObj(number -> prefix + (10_000 + number))
                    .forEach(keys::add);
        }
        return keys;
    }

    private static RunResult<AuditTask, AuditPartial> audit(FakeS3 server, boolean versions, boolean uploads)
            throws Exception {
        try (PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            return audit.run(audit.scope(versions, uploads));
        }
    }

    private static ObjectTally onlyTally(RunResult<AuditTask, AuditPartial> result) {
        return result.summary().buckets().values().iterator().next().tally();
    }

    private static void requireFailure(FakeS3 server, boolean versions, boolean uploads, String code) throws Exception {
        RunResult<AuditTask, AuditPartial> result = audit(server, versions, uploads);

        assertThat(result.summary().failures())
                .extracting(AuditFailure::code)
                .contains(code)
                .isSubsetOf(code, "KeyOrder");
        assertThat(result.summary().failures())
                .allMatch(failure -> failure.sentence().startsWith("list "))
                .allMatch(failure -> failure.sentence().contains("the server"));
        RunFacts run =
                new RunFacts(true, false, result.startedAt(), Duration.ZERO, server.listings(), Set.of(), Set.of());
        ReportOptions options = new ReportOptions(Set.of(), 0, false, SizeUnit.BYTES, versions, uploads);
        AuditReport report = AuditReport.of(result.summary(), run, options, List.of());
        assertThat(report.complete()).isFalse();
        assertThat(report.total().standing().complete()).isFalse();
    }
}
