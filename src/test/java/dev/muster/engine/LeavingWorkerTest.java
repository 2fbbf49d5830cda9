package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeavingWorkerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final WorkerId LEAVING = new WorkerId("leaving", 1);
    private static final WorkerId STAYING = new WorkerId("staying", 1);

    private final Scheduler<Integer, Integer, TaskTally> scheduler = new Scheduler<>(
            new ItemTree(1),
            new SchedulerSettings(
                    8,
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                    Duration.ofSeconds(1),
                    0,
                    0,
                    Duration.ofSeconds(1),
                    false),
            1,
            new Random(1));

    @Test
    void aTaskThatALeavingWorkerHasNotSeenGoesToAnotherAtOnceAndAtNoCost() {
        scheduler.start(0);
        long lease = lease(scheduler.pull(LEAVING, 0, 0));

        List<Action<Integer, TaskTally>> actions = scheduler.leave(LEAVING, lease - 1, SECOND);
        assertThat(actions).isEmpty();

        assertThat(lease(scheduler.pull(STAYING, 0, 2 * SECOND))).isGreaterThan(lease);
        assertThat(scheduler.outstanding()).containsExactly(new PendingTask<>(0, 0));
        assertThat(scheduler.stats().workers()).isEqualTo(1);
    }

    @Test
    void aTaskThatALeavingWorkerHasBegunAndNotAnsweredCountsAsLost() {
        scheduler.start(0);
        long lease = lease(scheduler.pull(LEAVING, 0, 0));

        scheduler.leave(LEAVING, lease, 1);

        assertThat(scheduler.outstanding()).containsExactly(new PendingTask<>(0, 1));
    }

    private static long lease(List<Action<Integer, TaskTally>> actions) {
        assertThat(actions).hasSize(1);
        return ((Action.Assign<Integer, TaskTally>) actions.get(0)).lease();
    }
}
