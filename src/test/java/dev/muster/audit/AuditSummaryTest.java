package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.ObjectSum;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.Ranking;
import dev.muster.audit.stats.SampleObject;
import dev.muster.audit.stats.TallySettings;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.engine.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AuditSummaryTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TallySettings TERMS =
            new TallySettings(EnumSet.allOf(Ranking.class), 3, BreakdownSettings.NONE, true, SampleObject.AS_OF);

    private final AuditSummary summary = new AuditSummary(TERMS.limit(), BucketFilter.ALL);

    @Provide
    Arbitrary<AuditPartial> partials() {
        Arbitrary<BucketId> ids = Combinators.combine(Arbitraries.of("1", "2"), Arbitraries.of("a", "b", "c"))
                .as(BucketId::new);
        Arbitrary<ObjectTally> tallies = SampleObject.any()
                .list()
                .ofMaxSize(6)
                .uniqueElements(object -> ObjectKey.of(object.key()))
                .map(objects -> SampleObject.tally(objects, TERMS));
        Arbitrary<BucketFacts> facts = Combinators.combine(
                        Arbitraries.of("eu-west-1", "us-east-1").injectNull(0.3),
                        Arbitraries.longs().between(0, 3).injectNull(0.3))
                .as(BucketFacts::new);
        Arbitrary<AuditFailure> failures = Combinators.combine(
                        ids,
                        Arbitraries.of("AccessDenied", "SlowDown"),
                        Arbitraries.of("no \"luck\"", "bad luck"),
                        Arbitraries.of(ListingMode.class))
                .as((id, code, text, mode) -> new AuditFailure(
                        AuditFailure.Gap.OBJECTS, id.account(), id.bucket(), "list", code, text, 1, mode));
        return Arbitraries.oneOf(
                Combinators.combine(ids, tallies, Arbitraries.of(ListingMode.class))
                        .as((id, tally, mode) -> new AuditPartial().tally(id, tally, mode)),
                Combinators.combine(ids, facts).as((id, known) -> new AuditPartial().bucket(id, known)),
                failures.map(failure -> new AuditPartial().failure(failure)),
                Arbitraries.of("1", "3").map(account -> new AuditPartial().account(account)));
    }

    @Provide
    Arbitrary<List<AuditPartial>> partialLists() {
        return partials().list().ofMaxSize(12);
    }

    @Property(tries = 300)
    void theResultDependsNeitherOnOrderNorOnGrouping(
            @ForAll("partialLists") List<AuditPartial> partials, @ForAll long seed) {
        Random random = new Random(seed);
        AuditPartial inOrder = mergeAll(partials);
        List<AuditPartial> rest = new ArrayList<>(partials);
        Collections.shuffle(rest, random);
        while (rest.size() > 1) {
            int at = random.nextInt(rest.size() - 1);
            rest.set(at, mergeAll(List.of(rest.get(at), rest.remove(at + 1))));
        }
        assertThat(mergeAll(rest)).isEqualTo(inOrder);
    }

    @Property(tries = 200)
    void mergingLeavesTheRightOneAsItWas(
            @ForAll("partialLists") List<AuditPartial> partials, @ForAll("partials") AuditPartial right)
            throws JsonProcessingException {
        String before = MAPPER.writeValueAsString(right);
        AuditPartial merged = summary.merge(mergeAll(partials), right);
        mergeAll(partials).accounts().forEach(merged::account);
        summary.merge(merged, mergeAll(partials));
        assertThat(MAPPER.writeValueAsString(right)).isEqualTo(before);
    }

    @Property(tries = 300)
    void aCheckpointGivesBackWhatWasWritten(@ForAll("partialLists") List<AuditPartial> partials)
            throws JsonProcessingException {
        AuditPartial partial = mergeAll(partials);
        AuditPartial read = MAPPER.readValue(MAPPER.writeValueAsString(partial), AuditPartial.class);
        assertThat(read).isEqualTo(partial);
    }

    @Property(tries = 100)
    void theCountsOfProgressAreThoseOfTheBuckets(@ForAll("partialLists") List<AuditPartial> partials)
            throws JsonProcessingException {
        AuditPartial all = summary.empty();
        for (AuditPartial partial : partials) {
            all = summary.merge(all, partial);
        }
        AuditPartial read = MAPPER.readValue(MAPPER.writeValueAsString(all), AuditPartial.class);

        for (AuditPartial counted : List.of(all, read)) {
            assertThat(summary.counts(counted).get("objects"))
                    .isEqualTo(counted.buckets().values().stream()
                            .mapToLong(bucket -> bucket.tally().current().objects())
                            .sum());
            assertThat(summary.counts(counted).get("bytes"))
                    .isEqualTo(counted.buckets().values().stream()
                            .mapToLong(bucket -> bucket.tally().current().bytes())
                            .sum());
        }
    }

    @Test
    void aRunWithAPatternThatMatchedNoBucketIsNotComplete() {
        AuditPartial found = new AuditPartial().matched(List.of("logs-*"));

        assertThat(new AuditSummary(3, new BucketFilter(List.of("logs-*"), List.of())).complete(found))
                .isTrue();
        assertThat(new AuditSummary(3, new BucketFilter(List.of("logs-*", "misspelt"), List.of())).complete(found))
                .isFalse();
    }

    @Test
    void ofAMillionUploadsThatMayNotBeReadThereIsOneFailure() {
        BucketLocation target = new BucketLocation("1", "a", "eu-west-1", false, 0);
        AuditPartial found = summary.empty();
        for (int i = 0; i < 1_000; i++) {
            AuditTask.SumParts task = new AuditTask.SumParts(target, "key" + i, "id" + i, 0, 0);
            Failure denied = new Failure(Failure.Kind.DENIED, "AccessDenied", "no permission for key" + i);
            found = summary.merge(
                    found, new AuditPartial().failure(AuditFailure.of(AuditFailure.Gap.UPLOADS, task, denied)));
        }

        assertThat(found.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.times()).isEqualTo(1_000);
            assertThat(failure.sentence())
                    .isEqualTo("list the parts of an incomplete upload of bucket a failed:"
                            + " no permission for key0 (1000 times)");
        });
        assertThat(summary.counts(found)).containsEntry("failures", 1_000L);
    }

    @Test
    void aFailureDoesNotCountWhereTheBucketWasListedAnew() {
        BucketLocation inParts = new BucketLocation("1", "a", "eu-west-1", false, 0);
        BucketLocation inSequence = inParts.in(ListingMode.IN_SEQUENCE);
        AuditPartial former = new AuditPartial().failure(failure(inParts, "MalformedAnswer"));
        AuditPartial later = new AuditPartial().tally(inParts.id(), ObjectTally.NONE, inSequence.mode());
        AuditPartial failing = new AuditPartial().failure(failure(inSequence, "AccessDenied"));

        assertThat(mergeAll(List.of(former, later)).failures()).isEmpty();
        assertThat(mergeAll(List.of(later, former)).failures()).isEmpty();
        assertThat(mergeAll(List.of(former, later, failing)).failures())
                .extracting(AuditFailure::code)
                .containsExactly("AccessDenied");
        assertThat(mergeAll(List.of(former, failing)).failures())
                .as("nothing was counted anew")
                .hasSize(2);
    }

    private static AuditFailure failure(BucketLocation target, String code) {
        return AuditFailure.of(
                AuditFailure.Gap.OBJECTS,
                new AuditTask.ListRange(target, KeyRange.ALL),
                new Failure(Failure.Kind.INVALID, code, "no luck"));
    }

    @Test
    void aResumedRunCountsOnFromItsCheckpoint() throws JsonProcessingException {
        BucketId id = new BucketId("1", "a");
        ObjectTally page = SampleObject.tally(List.of(new SampleObject("k", 7, 0, "GLACIER")), TERMS);
        String written = MAPPER.writeValueAsString(new AuditPartial().tally(id, page));
        AuditPartial resumed =
                summary.merge(MAPPER.readValue(written, AuditPartial.class), new AuditPartial().tally(id, page));
        assertThat(resumed.buckets().get(id).tally().current()).isEqualTo(new ObjectSum(2, 14));
    }

    @Test
    void aCheckpointHoldsTheBytesOfAKey() throws JsonProcessingException {
        ObjectKey key = ObjectKey.of("\u0416\u0000\n");
        assertThat(MAPPER.writeValueAsString(key)).isEqualTo("\"0JYACg==\"");
        assertThat(MAPPER.readValue("\"0JYACg==\"", ObjectKey.class)).isEqualTo(key);
    }

    private AuditPartial mergeAll(List<AuditPartial> partials) {
        return partials.stream().reduce(summary.empty(), summary::merge, summary::merge);
    }
}
