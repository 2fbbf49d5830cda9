package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.audit.profile.ProfileStore;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.RunResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of buckets as other servers send them: each bucket counts once, and what they say of further ones is followed or told. */
class BucketListsAuditTest {
    private static final String TOKEN = "continuation-token";

    @Test
    void aBucketThatIsNamedTwiceCountsOnce() throws Exception {
        requireBuckets(parameters -> FakeS3.buckets(List.of("a", "b", "b"), ""), "a", "b");
    }

    @Test
    void aBucketThatIsNamedOnTwoPagesCountsOnce() throws Exception {
        requireBuckets(
                parameters -> parameters.containsKey(TOKEN)
                        ? FakeS3.buckets(List.of("b", "c"), "")
                        : FakeS3.buckets(List.of("a", "b"), "<ContinuationToken>t</ContinuationToken>"),
                "a",
                "b",
                "c");
    }

    @Test
    void aBucketWhoseRegionHasAnImpossibleNameIsLookedFor() throws Exception {
        try (FakeS3 server =
                server(parameters -> FakeS3.buckets(List.of("b1"), "").replace("us-east-1", "no region"))) {
            assertThat(audit(server).summary().buckets().values())
                    .extracting(stats -> stats.facts().region())
                    .containsExactly("us-east-1");
        }
    }

    @Test
    void aTokenUnderTheNameOfListingsOfObjectsIsFollowed() throws Exception {
        requireBuckets(
                parameters -> "a&b".equals(parameters.get(TOKEN))
                        ? FakeS3.buckets(List.of("b"), "<IsTruncated>false</IsTruncated>")
                        : FakeS3.buckets(
                                List.of("a"),
                                "<IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b</NextContinuationToken>"),
                "a",
                "b");
    }

    /** The header comes with every answer, and an answer's own elements are believed before it. */
    @Test
    void aTokenInAHeaderIsFollowed() throws Exception {
        try (FakeS3 server = server(parameters -> parameters.containsKey(TOKEN)
                        ? FakeS3.buckets(List.of("b"), "<IsTruncated>false</IsTruncated>")
                        : FakeS3.buckets(List.of("a"), ""))
                .sending("x-next-continuation-token", "t")) {
            assertThat(audit(server).summary().failures()).isEmpty();
            assertThat(names(audit(server))).containsExactly("a", "b");
        }
    }

    @Test
    void aTokenThatALastPageRepeatsIsItsEnd() throws Exception {
        requireBuckets(
                parameters -> FakeS3.buckets(
                        List.of("a", parameters.getOrDefault(TOKEN, ""))
                                .subList(0, parameters.containsKey(TOKEN) ? 2 : 1),
                        "<IsTruncated>" + !parameters.containsKey(TOKEN) + "</IsTruncated>"
                                + "<ContinuationToken>b</ContinuationToken>"),
                "a",
                "b");
    }

    @Test
    void aFullListOfBucketsThatClaimsToBeWholeIsAskedForWithOneLess() throws Exception {
        List<String> names =
                IntStream.range(0, 1_200).mapToObj(number -> "b" + number).toList();
        Function<Map<String, String>, String> tellingOnSmallPages = parameters -> {
            int most = Integer.parseInt(parameters.get("max-buckets"));
            int from = Integer.parseInt(parameters.getOrDefault(TOKEN, "0"));
            int to = Math.min(names.size(), from + most);
            return FakeS3.buckets(
                    names.subList(from, to),
                    most < 1_000 && to < names.size() ? "<ContinuationToken>" + to + "</ContinuationToken>" : "");
        };
        Function<Map<String, String>, String> neverTelling =
                parameters -> FakeS3.buckets(names.subList(0, Integer.parseInt(parameters.get("max-buckets"))), "");
        Function<Map<String, String>, String> withoutPages = parameters -> FakeS3.buckets(names.subList(0, 1_000), "");

        requireCount(tellingOnSmallPages, 1_200);
        requireCount(neverTelling, 1_000, "NoProgress");
        requireCount(withoutPages, 1_000);
    }

    private static void requireCount(Function<Map<String, String>, String> list, int buckets, String... failures)
            throws Exception {
        try (FakeS3 server = server(list);
                PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            AuditScope scope = audit.scope(false, false);
            AuditPlan plan = new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE);
            AuditExecutor executor = audit.executor(scope);
            Set<String> named = new HashSet<>();
            List<String> failed = new ArrayList<>();
            for (Optional<AuditTask> asked = Optional.of(plan.seeds().get(0)); asked.isPresent(); ) {
                AuditTask task = asked.get();
                Step<AuditTask, AuditPartial> step =
                        plan.completed(task, executor.execute(task).get(60, TimeUnit.SECONDS), new Demand(0, 0));
                step.partial().ifPresent(partial -> {
                    partial.buckets().keySet().forEach(id -> named.add(id.bucket()));
                    partial.failures().forEach(failure -> failed.add(failure.code()));
                });
                asked = step.next().stream()
                        .filter(AuditTask.ListBuckets.class::isInstance)
                        .findFirst();
            }

            assertThat(named).hasSize(buckets);
            assertThat(failed).containsExactly(failures);
        }
    }

    @Test
    void aPromiseOfMoreWithoutATokenCostsWhatWasPromisedOnly() throws Exception {
        requireGap(parameters -> FakeS3.buckets(List.of("a"), "<IsTruncated>true</IsTruncated>"));
    }

    @Test
    void tokensThatLeadInACircleAreNoticed() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        requireGap(parameters -> FakeS3.buckets(
                List.of("a"), "<ContinuationToken>t" + pages.incrementAndGet() % 3 + "</ContinuationToken>"));
    }

    @Test
    void emptyPagesAreFollowedButNotForever() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        requireGap(parameters -> {
            int page = pages.incrementAndGet();
            return FakeS3.buckets(
                    page == 4 ? List.of("a") : List.of(), "<ContinuationToken>t" + page + "</ContinuationToken>");
        });
        assertThat(pages).hasValueGreaterThan(50);
    }

    @Test
    void anotherDocumentIsNoListOfBuckets() throws Exception {
        try (FakeS3 server = server(parameters -> "<html></html>")) {
            assertThat(audit(server).summary().failures())
                    .extracting(AuditFailure::gap, AuditFailure::code)
                    .containsExactly(tuple(AuditFailure.Gap.ACCOUNT, "MalformedAnswer"));
        }
    }

    private static void requireBuckets(Function<Map<String, String>, String> buckets, String... names)
            throws Exception {
        try (FakeS3 server = server(buckets)) {
            RunResult<AuditTask, AuditPartial> result = audit(server);

            assertThat(result.summary().failures()).isEmpty();
            assertThat(names(result)).containsExactly(names);
            assertThat(result.summary().buckets().values())
                    .allMatch(stats -> stats.tally().current().objects() == 1);
        }
    }

    private static void requireGap(Function<Map<String, String>, String> buckets) throws Exception {
        try (FakeS3 server = server(buckets)) {
            RunResult<AuditTask, AuditPartial> result = audit(server);

            assertThat(names(result)).containsExactly("a");
            assertThat(result.summary().failures())
                    .extracting(AuditFailure::gap, AuditFailure::code)
                    .containsExactly(tuple(AuditFailure.Gap.ACCOUNT, "NoProgress"));
        }
    }

    private static FakeS3 server(Function<Map<String, String>, String> buckets) throws Exception {
        return new FakeS3(parameters -> FakeS3.objects(List.of("key"), false)).listingBuckets(buckets);
    }

    private static List<String> names(RunResult<AuditTask, AuditPartial> result) {
        return result.summary().buckets().keySet().stream()
                .map(BucketId::bucket)
                .toList();
    }

    private static RunResult<AuditTask, AuditPartial> audit(FakeS3 server) throws Exception {
        try (PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            return audit.run(audit.scope(false, false));
        }
    }
}
