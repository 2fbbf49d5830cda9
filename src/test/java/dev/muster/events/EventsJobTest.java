package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.queue.QueueFaults;
import dev.muster.emulator.server.ServiceError;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.events.EventsPartial.EventCount;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class EventsJobTest {
    private static final String PREFIX = "events/prod/";
    private static final List<String> DAYS = List.of("20220403", "20220404", "20220405");

    private PracticeQueue practice;

    @BeforeEach
    void start() {
        practice = new PracticeQueue();
        practice.put(PREFIX + "20220403", PracticeQueue.golden("before/20220403"));
        practice.put(PREFIX + "20220404", PracticeQueue.golden("before/20220404"));
    }

    @AfterEach
    void end() {
        practice.close();
    }

    @Test
    void aDrainedQueueBecomesTheDayFilesThatThePythonProgramWrites() throws Exception {
        List<String> bodies = PracticeQueue.goldenBodies();
        practice.send(bodies);

        RunResult<EventsTask, EventsPartial> result = practice.run("", EventsJob.Options.DRAIN);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertDayFilesAreGolden();
        EventsPartial summary = result.summary();
        assertThat(summary.failures()).isEmpty();
        assertThat(summary.count(EventCount.RECEIVED)).isEqualTo(bodies.size());
        assertThat(summary.count(EventCount.DELETED)).isEqualTo(bodies.size());
        assertThat(summary.count(EventCount.KEPT)
                        + summary.count(EventCount.DROPPED)
                        + summary.count(EventCount.QUARANTINED))
                .isEqualTo(bodies.size());
        assertThat(practice.messagesLeft()).isZero();
        assertThat(practice.keys("events/quarantine/"))
                .hasSize((int) summary.count(EventCount.QUARANTINED))
                .isNotEmpty();
        assertThat(summary.days().keySet()).containsExactlyElementsOf(DAYS);
    }

    @Test
    void faultsOfEveryKindLoseNothing() throws Exception {
        List<String> bodies = PracticeQueue.goldenBodies();
        practice.send(bodies);
        practice.cloud.queueFaults(new QueueFaults(0.1, 0.02, 0.05, true));
        practice.cloud
                .faults()
                .set("s3:GetObject", FaultProfile.NONE.withTruncationRate(0.3).withErrorRate(0.2));
        practice.cloud
                .faults()
                .set(
                        "s3:PutObject",
                        FaultProfile.NONE.withErrors(
                                0.4,
                                List.of(
                                        new ServiceError(412, "PreconditionFailed", "fault"),
                                        new ServiceError(409, "ConditionalRequestConflict", "fault"),
                                        new ServiceError(503, "SlowDown", "fault"))));

        RunResult<EventsTask, EventsPartial> result = practice.run(
                "muster.events { flush.messages = 50, visibility-timeout = 4s }, muster.engine.max-attempts = 100",
                EventsJob.Options.DRAIN);

        practice.cloud.queueFaults(QueueFaults.NONE);
        practice.cloud.faults().clear();
        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().failures()).isEmpty();
        assertThat(result.summary().count(EventCount.DELETE_FAILURES)).isPositive();
        assertThat(result.summary().count(EventCount.LOST)).isPositive();
        practice.run("", EventsJob.Options.DRAIN);
        assertDayFilesAreGolden();
    }

    private void assertDayFilesAreGolden() {
        for (String day : DAYS) {
            assertThat(practice.get(PREFIX + day)).as(day).isEqualTo(PracticeQueue.golden("after/" + day));
        }
    }
}
