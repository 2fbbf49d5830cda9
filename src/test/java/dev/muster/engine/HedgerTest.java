package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A service that slows down as a whole after it has answered well: of each of the last tasks nothing is heard. */
class HedgerTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final int ATTEMPTS = 8;
    private static final double SHARE = 0.03;
    private static final int WORKERS = 50;

    private final Scheduler<Integer, Integer, Integer> scheduler = new Scheduler<>(
            new Flat(),
            new SchedulerSettings(
                    ATTEMPTS,
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                    Duration.ofSeconds(1),
                    3,
                    SHARE,
                    Duration.ofSeconds(1),
                    false),
            1,
            new Random(1));
    private final WorkerId first = new WorkerId("here", 0);
    private long now;

    @Test
    void howeverMuchWasAnsweredInTimeOnlyAFewAreHedgedInARow() {
        assertThat(hedgedAfter(5_000, Stats.NONE)).isEqualTo(16);
    }

    @Test
    void afterLittleThereIsItsShareBesideTwo() {
        assertThat(hedgedAfter(110, Stats.NONE)).isEqualTo(2 + 3);
    }

    @Test
    void whatWasAnsweredOrHedgedBeforeARunWasResumedMakesNoDifference() {
        Stats before = new Stats(1_000_000, 1_000_000, 0, 0, 0, 20_000, 0, 0, 0, 0, 0, 0);

        assertThat(hedgedAfter(110, before)).isEqualTo(2 + 3);
    }

    @Test
    void aTaskThatAlwaysHangsIsHedgedOnceForEachOfItsAttempts() {
        answer(5_000, 1, Stats.NONE);
        for (int number = 1; number < WORKERS; number++) {
            scheduler.pull(new WorkerId("here", number), 0, now);
        }
        while (!scheduler.outstanding().isEmpty()) {
            now = scheduler.wakeAt(now);
            for (Action<Integer, Integer> action : scheduler.tick(now)) {
                if (action instanceof Action.Cancel<Integer, Integer> cancel) {
                    scheduler.pull(cancel.worker(), cancel.lease(), now);
                }
            }
        }

        assertThat(scheduler.stats().abandoned()).isEqualTo(1);
        assertThat(scheduler.stats().hedged()).isEqualTo(ATTEMPTS);
        assertThat(scheduler.stats().failed()).isEqualTo(2 * ATTEMPTS);
    }

    /** Tasks started a second time, by so many idle workers as there are that wait. */
    private long hedgedAfter(int answered, Stats before) {
        answer(answered, WORKERS, before);
        for (int number = 1; number < WORKERS; number++) {
            lease(scheduler.pull(new WorkerId("here", number), 0, now));
        }
        now += 100 * MILLISECOND;
        for (int number = 0; number < WORKERS; number++) {
            scheduler.pull(new WorkerId("there", number), 0, now);
        }
        return scheduler.stats().hedged() - before.hedged();
    }

    /** The first worker answers so many tasks in time and is then given one of those left, of which nothing is heard. */
    private void answer(int answered, int left, Stats before) {
        List<PendingTask<Integer>> tasks = IntStream.range(0, answered + left)
                .mapToObj(number -> new PendingTask<>(number, 0))
                .toList();
        scheduler.resume(tasks, before, now);
        long lease = lease(scheduler.pull(first, 0, now));
        for (int count = 0; count < answered; count++) {
            now += 10 * MILLISECOND;
            lease = lease(scheduler.completed(first, lease, 0, now));
        }
    }

    private static long lease(List<Action<Integer, Integer>> actions) {
        return actions.stream()
                .filter(Action.Assign.class::isInstance)
                .map(action -> ((Action.Assign<Integer, Integer>) action).lease())
                .findFirst()
                .orElseThrow();
    }

    private static final class Flat implements Plan<Integer, Integer, Integer> {
        @Override
        public List<Integer> seeds() {
            return List.of();
        }

        @Override
        public Step<Integer, Integer> completed(Integer task, Integer result, Demand demand) {
            return Step.of(1);
        }

        @Override
        public Step<Integer, Integer> abandoned(Integer task, Failure failure) {
            return Step.of(0);
        }

        @Override
        public TaskPolicy terms(Integer task) {
            return new TaskPolicy("lane", Duration.ofSeconds(60), true);
        }
    }
}
