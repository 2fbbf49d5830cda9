package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.audit.profile.BucketProfile;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.ListedPage;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Outlook;
import dev.muster.engine.Plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AuditPlanTest {
    private static final String ONE = "111111111111";
    private static final String TWO = "222222222222";
    private static final BucketLocation LOGS = new BucketLocation(ONE, "logs", "us-east-1", false, 0);

    @Test
    void anAccountGivenTwiceIsAuditedOnce() {
        AuditScope scope = new AuditScope(
                ONE,
                Optional.of("Audit"),
                List.of(TWO, ONE, TWO),
                BucketFilter.ALL,
                "",
                false,
                false,
                false,
                Duration.ofSeconds(1));

        assertThat(new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE).seeds())
                .containsExactly(
                        new AuditTask.ListBuckets(TWO, Optional.empty(), 0),
                        new AuditTask.ListBuckets(ONE, Optional.empty(), 0));
    }

    @Test
    void whatAnEarlierProcessHasFoundIsNotFoundAgain() {
        AuditScope scope = new AuditScope(
                ONE, Optional.of("Audit"), List.of(), BucketFilter.ALL, "", false, false, false, Duration.ofSeconds(1));
        AuditPlan plan = new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE);
        plan.restored(new AuditPartial().account(ONE).bucket(new BucketId(ONE, "logs"), BucketFacts.UNKNOWN));

        Step<AuditTask, AuditPartial> accounts = plan.completed(
                new AuditTask.ListAccounts(Optional.empty(), 0),
                new AuditResult.Accounts(List.of(ONE, TWO, TWO), Optional.empty()),
                new Demand(0, 0));
        Step<AuditTask, AuditPartial> buckets = plan.completed(
                new AuditTask.ListBuckets(TWO, Optional.empty(), 0),
                new AuditResult.Buckets(
                        List.of(new AuditResult.NamedBucket(
                                "logs", Optional.empty(), Optional.empty(), Optional.empty())),
                        Optional.empty()),
                new Demand(0, 0));

        assertThat(accounts.next()).containsExactly(new AuditTask.ListBuckets(TWO, Optional.empty(), 0));
        assertThat(buckets.next()).isEmpty();
    }

    @Test
    void afterAResumptionTheTasksOfAnAbandonedListingCountAsLittleAsBefore() {
        AuditScope scope = new AuditScope(
                ONE, Optional.empty(), List.of(), BucketFilter.ALL, "", false, false, false, Duration.ofSeconds(1));
        BucketLocation inParts = new BucketLocation(ONE, "logs", "us-east-1", false, 0);
        AuditTask.ListRange old = new AuditTask.ListRange(inParts, new KeyRange("m", ""));
        AuditPartial listedAnew = new AuditPartial().tally(inParts.id(), ObjectTally.NONE, ListingMode.IN_SEQUENCE);
        AuditPlan plan = new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE);

        plan.restored(listedAnew);
        plan.resumed(List.of(old));
        Step<AuditTask, AuditPartial> step = plan.abandoned(old, SplitVerifier.SKIPPED);

        assertThat(step.next()).isEmpty();
        assertThat(step.partial().orElseThrow().failures()).isEmpty();
    }

    @Test
    void aBucketIsListedAnewOnceInSequenceWhereAServerRefusesToBeginAtACut() {
        AuditScope scope = new AuditScope(
                ONE, Optional.empty(), List.of(), BucketFilter.ALL, "", false, false, false, Duration.ofSeconds(1));
        BucketLocation inParts = new BucketLocation(ONE, "logs", "us-east-1", false, 0);
        AuditTask.ListRange cut = new AuditTask.ListRange(inParts, new KeyRange("m", ""));
        BucketLocation inSequence = inParts.in(ListingMode.IN_SEQUENCE);
        AuditTask.ListRange fromTheStart = new AuditTask.ListRange(inSequence, KeyRange.ALL);
        AuditPlan plan = new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE);
        Failure refusal = new Failure(Failure.Kind.GONE, "NoSuchKey", "there is no such key");
        plan.resumed(List.of(cut, cut));

        assertThat(plan.abandoned(cut, refusal).next()).containsExactly(fromTheStart);
        assertThat(plan.abandoned(cut, refusal).next()).isEmpty();
        AuditTask.ListRange second = new AuditTask.ListRange(inSequence, new KeyRange("m", ""));
        assertThat(plan.abandoned(second, refusal).partial().orElseThrow().failures())
                .hasSize(1);
    }

    @Test
    void aRefusalThatMayPassIsAGapOfTheReportAndNoReasonToListAnew() {
        Failure passing = new Failure(Failure.Kind.TRANSIENT, "NotImplemented", "come back later");
        List<AuditTask.InBucket> tasks = List.of(
                new AuditTask.ListRange(LOGS, new KeyRange("m", "")),
                new AuditTask.ListVersions(LOGS, new KeyRange("m", ""), Optional.empty()),
                new AuditTask.ListVersions(LOGS, KeyRange.ALL, Optional.empty()));
        for (AuditTask.InBucket task : tasks) {
            Step<AuditTask, AuditPartial> step = plan(task).abandoned(task, passing);

            assertThat(step.next()).isEmpty();
            assertThat(step.partial().orElseThrow().failures())
                    .extracting(AuditFailure::gap)
                    .containsExactly(AuditFailure.Gap.OBJECTS);
        }
    }

    @Test
    void whatHoldsForUploadsInSequenceTooCostsNoSecondListing() {
        AuditTask.ListUploads uploads = new AuditTask.ListUploads(LOGS, new KeyRange("m", ""), Optional.empty());
        for (String code : List.of("InvalidArgument", "NotImplemented")) {
            Step<AuditTask, AuditPartial> step =
                    plan(uploads).abandoned(uploads, new Failure(Failure.Kind.INVALID, code, "no"));

            assertThat(step.next()).isEmpty();
            assertThat(step.partial().orElseThrow().failures())
                    .extracting(AuditFailure::gap, AuditFailure::code)
                    .containsExactly(tuple(AuditFailure.Gap.UPLOADS, code));
        }
    }

    @Test
    void aTaskOfAListingThatWasBegunAnewIsNotKeptForAResumption() {
        AuditTask.ListRange first = new AuditTask.ListRange(LOGS, new KeyRange("m", ""));
        AuditTask.ListRange second = new AuditTask.ListRange(LOGS, new KeyRange("", "m"));
        AuditPlan plan = plan(first, second);
        assertThat(plan.keptForResumption(second)).isTrue();

        List<AuditTask> anew = plan.abandoned(first, new Failure(Failure.Kind.GONE, "NoSuchKey", "no such key"))
                .next();

        assertThat(plan.keptForResumption(second)).isFalse();
        assertThat(plan.keptForResumption(anew.get(0))).isTrue();
    }

    @Test
    void disorderOnAPageThatIsNotTheLastIsReportedWithoutATokenToo() {
        AuditTask.ListRange list = new AuditTask.ListRange(LOGS, new KeyRange("A", ""));
        ListedPage full = new ListedPage(1000, List.of("a", "z"), true, true);
        RangeEdges edges = new RangeEdges(Optional.of("a"), Optional.of("z"), Optional.empty(), false);

        Step<AuditTask, AuditPartial> step = plan(list)
                .completed(
                        list,
                        new AuditResult.Objects(ObjectTally.NONE, full, edges, Optional.empty(), true),
                        new Demand(0, 0));

        assertThat(step.partial().orElseThrow().failures())
                .extracting(AuditFailure::code)
                .containsExactly("KeyOrder");
    }

    @Test
    void theOutlookOfABucketIsWhatAnEarlierRunHasCountedUntilItIsDone() {
        AuditScope scope = new AuditScope(
                ONE, Optional.empty(), List.of(), BucketFilter.ALL, "", false, false, false, Duration.ofSeconds(1));
        AuditPlan plan = new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE);
        AuditTask first = plan.seeds().get(0);
        List<AuditTask> lists = plan.completed(
                        first,
                        new AuditResult.Buckets(
                                List.of(
                                        new AuditResult.NamedBucket(
                                                "known",
                                                Optional.of("us-east-1"),
                                                Optional.empty(),
                                                Optional.of(new BucketProfile(40, List.of()))),
                                        new AuditResult.NamedBucket(
                                                "new", Optional.of("us-east-1"), Optional.empty(), Optional.empty())),
                                Optional.empty()),
                        new Demand(0, 0))
                .next();
        assertThat(plan.outlook())
                .containsExactlyInAnyOrder(
                        new Outlook(ONE, "known", 0, OptionalLong.of(40)),
                        new Outlook(ONE, "new", 0, OptionalLong.empty()));

        ListedPage full = new ListedPage(1000, List.of("a", "b"), true);
        AuditTask rest = page(plan, lists.get(0), full).get(0);
        assertThat(plan.outlook()).contains(new Outlook(ONE, "known", 1, OptionalLong.of(39)));
        assertThat(page(plan, rest, new ListedPage(1, List.of("c"), false))).isEmpty();
        assertThat(plan.outlook()).extracting(Outlook::name).containsExactly("new");
    }

    /** The tasks that follow from a page. */
    private static List<AuditTask> page(AuditPlan plan, AuditTask task, ListedPage page) {
        RangeEdges edges =
                new RangeEdges(Optional.of(page.sample().get(0)), Optional.of(page.last()), Optional.empty(), false);
        return plan.completed(
                        task,
                        new AuditResult.Objects(ObjectTally.NONE, page, edges, Optional.empty(), false),
                        new Demand(0, 0))
                .next();
    }

    private static AuditPlan plan(AuditTask... outstanding) {
        AuditScope scope = new AuditScope(
                ONE, Optional.empty(), List.of(), BucketFilter.ALL, "", true, true, false, Duration.ofSeconds(1));
        AuditPlan plan = new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE);
        plan.resumed(List.of(outstanding));
        return plan;
    }
}
