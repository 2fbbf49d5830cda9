package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Failure;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.events.EventsPartial.EventCount;
import dev.muster.events.EventsPartial.EventsFailure;
import dev.muster.events.EventsResult.Answer;
import dev.muster.events.EventsResult.Flushed;
import dev.muster.events.EventsResult.Polled;
import dev.muster.events.EventsTask.Count;
import dev.muster.events.EventsTask.Flush;
import dev.muster.events.EventsTask.Poll;
import dev.muster.events.EventsTask.Prepare;
import dev.muster.events.EventsTask.Release;
import dev.muster.events.dayfile.Interrupted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventsPlanTest {
    private static final EventsPartial NOTHING = EventsPartial.builder().build();
    private static final Set<String> DAY = Set.of("20220404");
    private static final Demand DEMAND = new Demand(8, 0);
    private static final Failure DENIED = new Failure(Failure.Kind.DENIED, "AccessDenied", "no");
    private static final Failure TRANSIENT = new Failure(Failure.Kind.TRANSIENT, "InternalError", "later");

    @Test
    void emptyAnswersInTurnEndTheDrainAndWhatIsHeldIsWritten() {
        EventsPlan plan = plan(false);
        assertThat(plan.seeds()).containsExactly(new Prepare());
        assertThat(begin(plan)).containsExactly(new Poll(0), new Poll(1));
        assertThat(polled(plan, 0, Answer.SOME, "20220404")).containsExactly(new Poll(0));
        assertThat(polled(plan, 0, Answer.NONE, "20220404")).containsExactly(new Poll(0));
        assertThat(polled(plan, 1, Answer.NONE, "20220404")).isEmpty();
        assertThat(polled(plan, 0, Answer.NONE, "20220404")).containsExactly(new Flush("20220404"));
        assertThat(flushed(plan, "20220404", false, false, 0)).isEmpty();
    }

    @Test
    void aMessageStartsTheCountOfEmptyAnswersAgain() {
        EventsPlan plan = plan(false);
        begin(plan);
        polled(plan, 0, Answer.NONE);
        polled(plan, 1, Answer.NONE);
        assertThat(polled(plan, 0, Answer.SOME)).containsExactly(new Poll(0), new Poll(1));
        assertThat(polled(plan, 1, Answer.NONE)).containsExactly(new Poll(1));
    }

    @Test
    void aLostLeaseSendsADrainedRunBackToTheQueue() {
        EventsPlan plan = drained("20220404");
        assertThat(flushed(plan, "20220404", false, false, 1)).containsExactly(new Poll(0), new Poll(1));
    }

    @Test
    void whatWasHeldMayHaveHiddenOthersAndIsLookedBehindOnceItIsDeleted() {
        EventsPlan plan = drained("20220404");
        assertThat(deleted(plan, "20220404")).containsExactly(new Poll(0), new Poll(1));
        assertThat(polled(plan, 0, Answer.SOME, "20220404")).containsExactly(new Poll(0));
        for (int i = 0; i < 3; i++) {
            polled(plan, i % 2, Answer.NONE, "20220404");
        }
        assertThat(deleted(plan, "20220404")).hasSize(2);
        assertThat(polled(plan, 0, Answer.NONE)).isEmpty();
        assertThat(polled(plan, 1, Answer.NONE)).isEmpty();
    }

    @Test
    void aDrainLooksAgainOnlyOnceItHoldsNothing() {
        EventsPlan plan = drained("20220403", "20220404");
        assertThat(deleted(plan, "20220403")).isEmpty();
        assertThat(plan.abandoned(new Flush("20220404"), DENIED).next()).containsExactly(new Release("20220404"));
        assertThat(plan.completed(new Release("20220404"), new EventsResult.Released(1, NOTHING), DEMAND)
                        .next())
                .isEmpty();
    }

    @Test
    void aRunThatIsToldToEndLooksNoMore() {
        EventsPlan plan = plan(false);
        begin(plan);
        polled(plan, 0, Answer.END, "20220404");
        polled(plan, 1, Answer.END, "20220404");
        assertThat(deleted(plan, "20220404")).isEmpty();
    }

    @Test
    void messagesLeftToTheQueueNeitherEndADrainNorKeepItFromEnding() {
        EventsPlan plan = plan(false);
        begin(plan);
        polled(plan, 0, Answer.NONE);
        assertThat(polled(plan, 1, Answer.LEFT_ONLY)).containsExactly(new Poll(1));
        polled(plan, 0, Answer.NONE);
        assertThat(polled(plan, 1, Answer.LEFT_ONLY)).containsExactly(new Poll(0));
        assertThat(polled(plan, 0, Answer.NONE)).isEmpty();
    }

    @Test
    void aConflictIsMergedAgainAtOnce() {
        EventsPlan plan = drained("20220404");
        assertThat(flushed(plan, "20220404", true, true, 0)).containsExactly(new Flush("20220404"));
    }

    @Test
    void withoutRoomAPollerWaitsUntilSomethingIsWritten() {
        EventsPlan plan = plan(false);
        begin(plan);
        assertThat(polled(plan, 0, Answer.NO_ROOM, "20220404")).containsExactly(new Flush("20220404"));
        assertThat(flushed(plan, "20220404", false, false, 0)).containsExactly(new Poll(0));
    }

    @Test
    void aQueueFoundEmptyTooEarlyIsPolledAgain() {
        EventsPlan plan = plan(false, 1);
        begin(plan);
        assertThat(polled(plan, 0, Answer.NONE)).isEmpty();
        assertThat(polled(plan, 1, Answer.FULL_BATCH, "20220404")).contains(new Poll(0), new Poll(1));
    }

    @Test
    void aPollerThatWaitsForOthersMakesNothingBeWritten() {
        EventsPlan plan = plan(false);
        begin(plan);
        assertThat(polled(plan, 0, Answer.OTHERS_FIRST, "20220404")).isEmpty();
        assertThat(polled(plan, 1, Answer.SOME, "20220404")).containsExactly(new Poll(0), new Poll(1));
    }

    @Test
    void fullAnswersBringMorePollersUpToTheMost() {
        EventsPlan plan = plan(true);
        begin(plan);
        assertThat(polled(plan, 0, Answer.FULL_BATCH)).containsExactly(new Poll(0), new Poll(2));
        assertThat(polled(plan, 1, Answer.FULL_BATCH)).containsExactly(new Poll(1));
    }

    @Test
    void receivesThatFailLeaveFewerPollers() {
        EventsPlan plan = plan(true);
        begin(plan);
        plan.repeated(new Poll(0));
        assertThat(polled(plan, 0, Answer.SOME)).isEmpty();
        assertThat(polled(plan, 1, Answer.SOME)).containsExactly(new Poll(0));
        assertThat(polled(plan, 0, Answer.FULL_BATCH)).containsExactly(new Poll(0), new Poll(1));
    }

    @Test
    void whatCannotBeWrittenGoesBackToTheQueueAndIsNamed() {
        EventsPlan plan = drained("20220404");
        Step<EventsTask, EventsPartial> step = plan.abandoned(new Flush("20220404"), DENIED);
        assertThat(step.next()).containsExactly(new Release("20220404"));
        assertThat(step.partial().orElseThrow().failures())
                .containsExactly(new EventsFailure("writing 20220404", "AccessDenied", "no"));
    }

    @Test
    void aDrainThatIsStoppedBeforeAllIsWrittenIsNotComplete() {
        Step<EventsTask, EventsPartial> drain =
                drained("20220404").abandoned(new Flush("20220404"), Interrupted.FAILURE);
        assertThat(drain.partial().orElseThrow().failures())
                .extracting(EventsFailure::what)
                .containsExactly("writing 20220404");
        EventsPlan follow = plan(true);
        begin(follow);
        polled(follow, 0, Answer.END, "20220404");
        polled(follow, 1, Answer.END, "20220404");
        assertThat(follow.abandoned(new Flush("20220404"), Interrupted.FAILURE)
                        .partial()
                        .orElseThrow()
                        .failures())
                .isEmpty();
    }

    @Test
    void aRunThatFollowsOutlastsAnOutage() {
        EventsPlan plan = plan(true);
        begin(plan);
        Step<EventsTask, EventsPartial> outage = plan.abandoned(new Poll(0), TRANSIENT);
        assertThat(outage.next()).containsExactly(new Poll(0));
        assertThat(outage.partial().orElseThrow().failures()).isEmpty();
        Step<EventsTask, EventsPartial> denied = plan.abandoned(new Poll(1), DENIED);
        assertThat(denied.next()).isEmpty();
        assertThat(denied.partial().orElseThrow().failures()).hasSize(1);
    }

    @Test
    void aDrainOutlastsAnOutageOfSomeMinutesAndThenGivesUp() {
        EventsPlan plan = drained("20220404");
        for (int i = 1; i < 8; i++) {
            Step<EventsTask, EventsPartial> outage = plan.abandoned(new Flush("20220404"), TRANSIENT);
            assertThat(outage.next()).containsExactly(new Flush("20220404"));
            assertThat(outage.partial().orElseThrow().failures()).isEmpty();
        }
        Step<EventsTask, EventsPartial> end = plan.abandoned(new Flush("20220404"), TRANSIENT);
        assertThat(end.next()).containsExactly(new Release("20220404"));
        assertThat(end.partial().orElseThrow().failures()).hasSize(1);
    }

    @Test
    void aReceiveThatWorksAgainEndsAnOutage() {
        EventsPlan plan = plan(false);
        begin(plan);
        for (int i = 0; i < 20; i++) {
            assertThat(plan.abandoned(new Poll(0), TRANSIENT).next()).containsExactly(new Poll(0));
            polled(plan, 1, Answer.SOME);
        }
    }

    @Test
    void whatCannotBeWrittenForAWhileIsHeldAndWrittenLater() {
        EventsPlan plan = plan(true);
        begin(plan);
        plan.completed(new Poll(0), new Polled(Answer.SOME, DAY, DAY, load(1), NOTHING, Long.MAX_VALUE), DEMAND);
        Step<EventsTask, EventsPartial> outage = plan.abandoned(new Flush("20220404"), TRANSIENT);
        assertThat(outage.next()).isEmpty();
        assertThat(outage.partial().orElseThrow().failures()).isEmpty();
        assertThat(polled(plan, 1, Answer.NONE)).containsExactly(new Flush("20220404"), new Poll(1));
        assertThat(polled(plan, 1, Answer.NONE)).containsExactly(new Poll(1));
    }

    @Test
    void whatStillCannotBeWrittenAtTheEndIsGivenBackAndNamed() {
        EventsPlan plan = plan(true);
        begin(plan);
        plan.completed(new Poll(0), new Polled(Answer.SOME, DAY, DAY, load(1), NOTHING, Long.MAX_VALUE), DEMAND);
        plan.abandoned(new Flush("20220404"), TRANSIENT);
        polled(plan, 0, Answer.END);
        assertThat(polled(plan, 1, Answer.END)).isEmpty();
        Step<EventsTask, EventsPartial> step = plan.abandoned(new Flush("20220404"), TRANSIENT);
        assertThat(step.next()).containsExactly(new Release("20220404"));
        assertThat(step.partial().orElseThrow().failures()).hasSize(1);
    }

    @Test
    void aStopEndsPollingAndWritesWhatIsHeld() {
        EventsPlan plan = plan(true);
        begin(plan);
        assertThat(polled(plan, 0, Answer.END, "20220404")).isEmpty();
        assertThat(polled(plan, 1, Answer.END, "20220404")).containsExactly(new Flush("20220404"));
    }

    @Test
    void whatIsHandedOverDuringAWriteIsWrittenAfterIt() {
        EventsPlan plan = plan(true);
        begin(plan);
        plan.completed(new Poll(0), new Polled(Answer.SOME, DAY, DAY, load(1), NOTHING, Long.MAX_VALUE), DEMAND);
        polled(plan, 1, Answer.SOME, "20220404");
        flushed(plan, "20220404", false, false, 0);
        polled(plan, 0, Answer.END);
        assertThat(polled(plan, 1, Answer.END)).containsExactly(new Flush("20220404"));
    }

    @Test
    void messagesThatAreLostWithTheirHolderAreWaitedFor() {
        EventsPlan plan = shared();
        begin(plan);
        plan.completed(new Poll(0), new Polled(Answer.SOME, DAY, DAY, load(7), NOTHING, Long.MAX_VALUE), DEMAND);
        plan.completed(new Flush("20220404"), new Flushed(false, false, 0, 4, NOTHING), DEMAND);
        polled(plan, 0, Answer.NONE);
        assertThat(polled(plan, 1, Answer.NONE)).isEmpty();
        assertThat(polled(plan, 0, Answer.NONE)).containsExactly(new Poll(0), new Poll(1));
        for (int i = 0; i < 10; i++) {
            assertThat(polled(plan, i % 2, Answer.NONE)).containsExactly(new Poll(i % 2));
        }
        assertThat(polled(plan, 0, Answer.NONE)).isEmpty();
        assertThat(polled(plan, 1, Answer.NONE)).isEmpty();
    }

    @Test
    void messagesThatAPollerMayHaveLostAreWaitedFor() {
        EventsPlan plan = shared();
        begin(plan);
        plan.repeated(new Poll(0));
        polled(plan, 0, Answer.NONE);
        polled(plan, 1, Answer.NONE);
        assertThat(polled(plan, 0, Answer.NONE)).containsExactly(new Poll(0));
    }

    @Test
    void asManyMessagesAreHeldAsMayBe() {
        EventsPlan plan = shared();
        begin(plan);
        assertThat(plan.completed(
                                new Poll(0),
                                new Polled(Answer.FULL_BATCH, DAY, Set.of(), load(95), NOTHING, Long.MAX_VALUE),
                                DEMAND)
                        .next())
                .containsExactly(new Flush("20220404"));
        assertThat(plan.completed(new Flush("20220404"), new Flushed(false, false, 0, 95, NOTHING), DEMAND)
                        .next())
                .contains(new Poll(0));
    }

    @Test
    void nodesHoldAsManyBytesAsTheSmallestOfThemCould() {
        EventsPlan plan = shared();
        begin(plan);
        Map<String, Polled.Load> large = Map.of("20220404", new Polled.Load(10, 2_500_000));
        assertThat(plan.completed(
                                new Poll(0),
                                new Polled(Answer.FULL_BATCH, DAY, Set.of(), large, NOTHING, 9_000_000),
                                DEMAND)
                        .next())
                .containsExactly(new Poll(0), new Poll(2));

        assertThat(plan.completed(
                                new Poll(0),
                                new Polled(Answer.FULL_BATCH, DAY, Set.of(), large, NOTHING, 20_000_000),
                                DEMAND)
                        .next())
                .containsExactly(new Flush("20220404"));
        assertThat(plan.completed(new Flush("20220404"), new Flushed(false, false, 0, 20, NOTHING), DEMAND)
                        .next())
                .containsExactly(new Poll(0));
    }

    @Test
    void nothingIsReceivedBeforeQueueAndBucketAreSeenToBeFit() {
        EventsPlan plan = plan(false);
        plan.seeds();
        Step<EventsTask, EventsPartial> step = plan.abandoned(new Prepare(), DENIED);
        assertThat(step.next()).isEmpty();
        assertThat(step.partial().orElseThrow().failures())
                .containsExactly(new EventsFailure("looking at queue and bucket", "AccessDenied", "no"));
    }

    @Test
    void aDrainedQueueIsAskedWhatIsLeft() {
        EventsPlan plan = plan(false, 3, 2, 2);
        begin(plan);
        polled(plan, 0, Answer.NONE);
        polled(plan, 1, Answer.NONE);
        assertThat(polled(plan, 0, Answer.NONE)).containsExactly(new Count());
        Step<EventsTask, EventsPartial> end = counted(plan, 0, 0);
        assertThat(end.next()).isEmpty();
        assertThat(end.partial().orElseThrow().failures()).isEmpty();
    }

    @Test
    void aQueueThatDoesNotTellWhatIsLeftIsNotSeenToBeDrained() {
        EventsPlan plan = plan(false, 3, 2, 2);
        begin(plan);
        polled(plan, 0, Answer.NONE);
        polled(plan, 1, Answer.NONE);
        polled(plan, 0, Answer.NONE);

        Step<EventsTask, EventsPartial> end =
                plan.completed(new Count(), new EventsResult.Counted(false, 0, 0), DEMAND);

        assertThat(end.next()).isEmpty();
        assertThat(end.partial().orElseThrow().failures()).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(EventsFailure.NOT_DRAINED);
            assertThat(failure.message()).endsWith("allow sqs:GetQueueAttributes on the queue");
        });
    }

    @Test
    void messagesLeftToTheQueueHideNoOthers() {
        EventsPlan plan = plan(false, 3, 0, 0);
        assertThat(leavesTwo(plan)).isEmpty();
        plan = plan(false, 3, 1, 1);
        assertThat(leavesTwo(plan)).containsExactly(new Count());
        assertThat(counted(plan, 0, 2).partial().orElseThrow().failures()).isEmpty();
        plan = plan(false, 3, 1, 1);
        leavesTwo(plan);
        assertThat(counted(plan, 1, 2).next()).containsExactly(new Poll(0));
        polled(plan, 0, Answer.NONE);
        assertThat(counted(plan, 1, 2).partial().orElseThrow().failures())
                .extracting(EventsFailure::code)
                .containsExactly(EventsFailure.NOT_DRAINED);
    }

    private static List<EventsTask> leavesTwo(EventsPlan plan) {
        begin(plan);
        EventsPartial two = EventsPartial.builder()
                .poison(EventCount.LEFT, "no JSON")
                .poison(EventCount.LEFT, "no JSON")
                .build();
        plan.completed(
                new Poll(0), new Polled(Answer.LEFT_ONLY, Set.of(), Set.of(), Map.of(), two, Long.MAX_VALUE), DEMAND);
        polled(plan, 0, Answer.NONE);
        polled(plan, 1, Answer.NONE);
        return polled(plan, 0, Answer.NONE);
    }

    @Test
    void messagesInFlightElsewhereAreWaitedForAWhileAndThenNamed() {
        EventsPlan plan = plan(false, 3, 2, 5);
        begin(plan);
        polled(plan, 0, Answer.NONE);
        polled(plan, 1, Answer.NONE);
        polled(plan, 0, Answer.NONE);
        for (int i = 0; i < 2; i++) {
            assertThat(counted(plan, 480, 10).next()).containsExactly(new Poll(0));
            assertThat(polled(plan, 0, Answer.NONE)).containsExactly(new Count());
        }
        Step<EventsTask, EventsPartial> end = counted(plan, 480, 10);
        assertThat(end.next()).isEmpty();
        assertThat(end.partial().orElseThrow().failures())
                .containsExactly(new EventsFailure(
                        "draining the queue",
                        EventsFailure.NOT_DRAINED,
                        "it says that 490 messages are left, 10 of them in flight to other consumers or not back yet;"
                                + " run it again for them"));
    }

    @Test
    void whatIsHeldIsWrittenAtOnceWhileItHidesOthers() {
        EventsPlan plan = plan(false, 3, 2, 2);
        begin(plan);
        plan.completed(new Poll(0), new Polled(Answer.SOME, DAY, Set.of(), load(10), NOTHING, Long.MAX_VALUE), DEMAND);
        assertThat(polled(plan, 0, Answer.NONE)).containsExactly(new Count(), new Poll(0));
        assertThat(counted(plan, 480, 10).next()).containsExactly(new Flush("20220404"));
        plan.completed(new Flush("20220404"), new Flushed(false, false, 0, 10, NOTHING), DEMAND);
        assertThat(plan.completed(
                                new Poll(0),
                                new Polled(Answer.SOME, DAY, Set.of(), load(10), NOTHING, Long.MAX_VALUE),
                                DEMAND)
                        .next())
                .startsWith(new Flush("20220404"));
    }

    @Test
    void aQueueThatHasNoMoreHidesNothing() {
        EventsPlan plan = plan(false, 3, 2, 2);
        begin(plan);
        plan.completed(new Poll(0), new Polled(Answer.SOME, DAY, Set.of(), load(10), NOTHING, Long.MAX_VALUE), DEMAND);
        assertThat(polled(plan, 0, Answer.NONE)).contains(new Count());
        assertThat(counted(plan, 0, 10).next()).isEmpty();
    }

    @Test
    void messagesThatAFailedReceiveMayHideAreWaitedForLonger() {
        EventsPlan plan = plan(false, 3, 2, 3);
        begin(plan);
        plan.repeated(new Poll(0));
        polled(plan, 0, Answer.NONE);
        polled(plan, 1, Answer.NONE);
        polled(plan, 0, Answer.NONE);
        for (int i = 0; i < 3; i++) {
            assertThat(counted(plan, 0, 10).next()).containsExactly(new Poll(0));
            polled(plan, 0, Answer.NONE);
        }
        assertThat(counted(plan, 0, 10).next()).isEmpty();
    }

    private static Map<String, Polled.Load> load(long messages) {
        return Map.of("20220404", new Polled.Load(messages, 0));
    }

    private static EventsPlan shared() {
        return new EventsPlan(new PollingPolicy(
                2, 3, false, 3, Duration.ofSeconds(30), Duration.ofMinutes(15), 100, 10, Optional.empty()));
    }

    private static EventsPlan drained(String... days) {
        EventsPlan plan = plan(false);
        begin(plan);
        for (int i = 0; i < 3; i++) {
            polled(plan, i % 2, Answer.NONE, days);
        }
        return plan;
    }

    private static EventsPlan plan(boolean follow) {
        return plan(follow, 3);
    }

    private static EventsPlan plan(boolean follow, int emptyAnswers) {
        return plan(follow, emptyAnswers, 0, 0);
    }

    private static EventsPlan plan(boolean follow, int emptyAnswers, int looks, int looksAfterLoss) {
        return new EventsPlan(new PollingPolicy(
                2,
                3,
                follow,
                emptyAnswers,
                Duration.ofSeconds(30),
                Duration.ofMinutes(15),
                Long.MAX_VALUE,
                0,
                looks == 0 ? Optional.empty() : Optional.of(new PollingPolicy.Looks(looks, looksAfterLoss))));
    }

    private static List<EventsTask> begin(EventsPlan plan) {
        return plan.completed(new Prepare(), new EventsResult.Prepared(), DEMAND)
                .next();
    }

    private static Step<EventsTask, EventsPartial> counted(EventsPlan plan, long waiting, long hidden) {
        return plan.completed(new Count(), new EventsResult.Counted(true, waiting, hidden), DEMAND);
    }

    private static List<EventsTask> polled(EventsPlan plan, int poller, Answer answer, String... holding) {
        return plan.completed(
                        new Poll(poller),
                        new Polled(answer, Set.of(holding), Set.of(), Map.of(), NOTHING, Long.MAX_VALUE),
                        DEMAND)
                .next();
    }

    private static List<EventsTask> deleted(EventsPlan plan, String day) {
        EventsPartial one = EventsPartial.builder().add(EventCount.DELETED, 1).build();
        return plan.completed(new Flush(day), new Flushed(false, false, 0, 1, one), DEMAND)
                .next();
    }

    private static List<EventsTask> flushed(EventsPlan plan, String day, boolean conflict, boolean holding, long lost) {
        return plan.completed(new Flush(day), new Flushed(conflict, holding, lost, 0, NOTHING), DEMAND)
                .next();
    }
}
