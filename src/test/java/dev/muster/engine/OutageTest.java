package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** For how long a service may be away with the settings that a run has by default, and refuse each request at once. */
class OutageTest {
    private static final WorkerId WORKER = new WorkerId("here", 1);
    private static final Failure REFUSED = new Failure(Failure.Kind.TRANSIENT, "ConnectionRefused", "refused");
    private static final SchedulerSettings DEFAULTS =
            EngineSettings.from(ConfigFactory.load()).scheduler();

    @Test
    void aTaskOfARunThatHasBegunIsTriedForAboutAMinute() {
        Stats begun = new Stats(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        LongSummaryStatistics seconds = secondsOfPatience(seed -> {
            Scheduler<Integer, Integer, TaskTally> scheduler = scheduler(seed);
            scheduler.resume(List.of(new PendingTask<>(0, 0)), begun, 0);
            return givenUpAt(scheduler);
        });

        assertThat(seconds.getAverage()).isBetween(60.0, 75.0);
        assertThat(seconds.getMin()).isGreaterThan(20);
        assertThat(seconds.getMax()).isLessThan(120);
    }

    @Test
    void aRunThatHasDoneNothingYetGivesUpSoonerAsItsEndpointMayBeMistyped() {
        LongSummaryStatistics seconds = secondsOfPatience(seed -> {
            Scheduler<Integer, Integer, TaskTally> scheduler = scheduler(seed);
            scheduler.start(0);
            return givenUpAt(scheduler);
        });

        assertThat(seconds.getMax()).isLessThan(13);
    }

    private static LongSummaryStatistics secondsOfPatience(LongUnaryOperator givenUpAt) {
        return LongStream.range(0, 1_000)
                .map(givenUpAt)
                .map(nanos -> Duration.ofNanos(nanos).toSeconds())
                .summaryStatistics();
    }

    private static Scheduler<Integer, Integer, TaskTally> scheduler(long seed) {
        return new Scheduler<>(new ItemTree(1), DEFAULTS, 1, new Random(seed));
    }

    private static long givenUpAt(Scheduler<Integer, Integer, TaskTally> scheduler) {
        long now = 0;
        List<Action<Integer, TaskTally>> actions = scheduler.pull(WORKER, 0, now);
        while (!scheduler.outstanding().isEmpty()) {
            if (!actions.isEmpty()) {
                long lease = ((Action.Assign<Integer, TaskTally>) actions.get(0)).lease();
                actions = scheduler.failed(WORKER, lease, REFUSED, now);
            } else {
                now = scheduler.wakeAt(now);
                actions = scheduler.tick(now);
            }
        }
        return now;
    }
}
