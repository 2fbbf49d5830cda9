package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResumedCountsTest {
    private static final WorkerId WORKER = new WorkerId("here", 1);

    @Test
    void whatHasHappenedBeforeIsCountedOn() {
        Stats before = new Stats(1_000, 900, 10, 20, 30, 40, 50, 6, 7, 8, 9, 10);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        Duration second = Duration.ofSeconds(1);
        SchedulerSettings settings = new SchedulerSettings(8, backoff, second, 3, 0.03, second, false);
        Scheduler<Integer, Integer, TaskTally> scheduler = new Scheduler<>(new ItemTree(1), settings, 2, new Random(1));

        scheduler.resume(List.of(new PendingTask<>(0, 0)), before, 0);
        scheduler.completed(WORKER, 1, 0, 0);

        assertThat(scheduler.stats()).isEqualTo(new Stats(1_000, 900, 10, 20, 30, 40, 51, 1, 0, 0, 0, 0));
    }
}
