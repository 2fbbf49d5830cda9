package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.engine.Demand;
import dev.muster.engine.Failure;
import dev.muster.engine.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditPlanTest {
    private static final String ONE = "111111111111";
    private static final String TWO = "222222222222";

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
}
