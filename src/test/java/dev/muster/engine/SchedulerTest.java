package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.EngineSettings.SchedulerSettings;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.Scheduler.Action;
import dev.muster.engine.Worker.WorkerId;
import dev.muster.engine.limit.Backoff;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerTest {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final WorkerId DYING = new WorkerId("node-1", 1);
    private static final WorkerId OTHER = new WorkerId("node-2", 1);
    private static final Failure SLOW_DOWN = new Failure(Failure.Kind.THROTTLED, "SlowDown", "slow down");
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aWorkerThatDiesAfterItsResultTakesNothingWithIt() {
        Scheduler<String, String, String> scheduler = scheduler(1);
        scheduler.start(0);
        long lease = lease(scheduler.pull(DYING, 0, 0));

        assertThat(scheduler.completed(DYING, lease, "page", 1)).contains(new Action.Merge<>("root: page"));
        scheduler.workersGone(List.of(DYING), 2);

        assertThat(scheduler.outstanding()).containsExactly(pending("left", 1), pending("right", 0));
        assertThat(lease(scheduler.pull(OTHER, 0, 3))).isGreaterThan(lease);
    }

    @Test
    void whatACheckpointHasNotSeenIsDoneAgainAndTheFirstResultIsLate() {
        Scheduler<String, String, String> first = scheduler(1);
        first.start(0);
        long lease = lease(first.pull(DYING, 0, 0));
        List<PendingTask<String>> checkpoint = first.outstanding();
        first.completed(DYING, lease, "page", 1);

        Scheduler<String, String, String> second = scheduler(2);
        second.resume(checkpoint, first.stats(), 2);
        assertThat(second.completed(DYING, lease, "page", 3))
                .as("a result under a lease of the first coordinator")
                .isEmpty();
        long leaseAgain = lease(second.pull(OTHER, 0, 4));

        assertThat(checkpoint).containsExactly(pending("root", 0));
        assertThat(second.completed(OTHER, leaseAgain, "page", 5)).contains(new Action.Merge<>("root: page"));
    }

    @Test
    void aTaskWithoutAttemptsLeftIsGivenUpAtTheEndAndStaysOutstandingForAResumption() {
        Scheduler<String, String, String> scheduler = scheduler(1);
        scheduler.resume(List.of(pending("kept", 7), pending("lost", 7)), Stats.NONE, 0);
        Failure outage = new Failure(Failure.Kind.TRANSIENT, "Timeout", "no answer");
        long kept = lease(scheduler.pull(DYING, 0, 0));
        long lost = lease(scheduler.pull(OTHER, 0, 0));

        assertThat(scheduler.failed(DYING, kept, outage, 1)).isEmpty();
        assertThat(scheduler.failed(OTHER, lost, outage, 2))
                .containsExactly(
                        new Action.Merge<>("lost: Timeout: no answer"),
                        new Action.Finish<>(new RunEnd.Complete(), List.of("kept: Timeout: no answer")));
        assertThat(scheduler.outstanding()).containsExactly(pending("kept", 0));
    }

    @Test
    void aRunThatIsStoppedSaysNothingOfWhatItKeepsForAResumption() {
        Scheduler<String, String, String> scheduler = scheduler(1);
        scheduler.resume(List.of(pending("kept", 7)), Stats.NONE, 0);
        long kept = lease(scheduler.pull(DYING, 0, 0));
        scheduler.stop(1);

        assertThat(scheduler.failed(DYING, kept, new Failure(Failure.Kind.TRANSIENT, "Timeout", "no answer"), 2))
                .containsExactly(new Action.Finish<>(new RunEnd.Interrupted(), List.of()));
        assertThat(scheduler.outstanding()).containsExactly(pending("kept", 0));
    }

    @Test
    void aTaskThatIsThrottledForAnHourWithoutAnyDoneIsGivenUp() {
        Scheduler<String, String, String> scheduler = scheduler(1);
        scheduler.resume(List.of(pending("kept", 0)), Stats.NONE, 0);

        long end = throttleUntilGivenUp(scheduler, scheduler.pull(DYING, 0, 0), 0);

        assertThat(end).isBetween(Scheduler.MOST_NANOS_THROTTLED, Scheduler.MOST_NANOS_THROTTLED + 60 * SECOND);
        assertThat(scheduler.outstanding()).containsExactly(pending("kept", 0));
    }

    @Test
    void whatItsResourceStillServesKeepsAThrottledTask() {
        Scheduler<String, String, String> scheduler = scheduler(1);
        scheduler.resume(List.of(pending("kept", 0), pending("other", 0)), Stats.NONE, 0);
        long kept = lease(scheduler.pull(DYING, 0, 0));
        long other = lease(scheduler.failed(DYING, kept, SLOW_DOWN, 0));
        long half = Scheduler.MOST_NANOS_THROTTLED / 2;

        long end = throttleUntilGivenUp(scheduler, scheduler.completed(DYING, other, "page", half), half);

        assertThat(end).isGreaterThanOrEqualTo(half + Scheduler.MOST_NANOS_THROTTLED);
    }

    /** Time of the run's end while each request is refused after a second. */
    private static long throttleUntilGivenUp(
            Scheduler<String, String, String> scheduler, List<Action<String, String>> first, long from) {
        List<Action<String, String>> actions = first;
        long now = from;
        while (actions.stream().noneMatch(Action.Finish.class::isInstance)) {
            assertThat(now).isLessThan(2 * Scheduler.MOST_NANOS_THROTTLED);
            if (actions.isEmpty()) {
                now = scheduler.wakeAt(now);
                actions = scheduler.tick(now);
            } else {
                Action.Assign<String, String> assign = assign(actions);
                now += SECOND;
                actions = scheduler.failed(assign.worker(), assign.lease(), SLOW_DOWN, now);
            }
        }
        return now;
    }

    @Test
    void aTaskThatIsTriedAgainGetsTwiceTheTimeOfTheAttemptBefore() {
        Scheduler<String, String, String> scheduler = scheduler(1);
        scheduler.resume(List.of(pending("slow", 0)), Stats.NONE, 0);
        Failure late = new Failure(Failure.Kind.TRANSIENT, "Timeout", "no answer");
        List<Long> seconds = new ArrayList<>();
        long now = 0;
        List<Action<String, String>> actions = scheduler.pull(OTHER, 0, now);
        for (int i = 0; i < 5; i++) {
            Action.Assign<String, String> assign = assign(actions);
            seconds.add(assign.timeout().toSeconds());
            scheduler.failed(OTHER, assign.lease(), late, now);
            now = scheduler.wakeAt(now);
            actions = scheduler.tick(now);
        }

        assertThat(seconds).containsExactly(60L, 120L, 240L, 480L, 480L);
    }

    @ParameterizedTest
    @CsvSource({"THROTTLED, 5, 5", "TRANSIENT, 5, 5", "THROTTLED, 86400, 60"})
    void whatAServiceWantsToBeSparedForIsWaitedForUpToAMinute(Failure.Kind kind, long seconds, long waited) {
        Scheduler<String, String, String> scheduler = scheduler(1);
        scheduler.resume(List.of(pending("task", 0)), Stats.NONE, 0);
        long lease = lease(scheduler.pull(OTHER, 0, 0));

        assertThat(scheduler.failed(OTHER, lease, new Failure(kind, "Busy", "come again", seconds * 1000), 0))
                .isEmpty();
        assertThat(scheduler.tick(waited * SECOND - 1)).isEmpty();
        assertThat(scheduler.tick(waited * SECOND * 5 / 4 + 10 * SECOND)).hasSize(1);
    }

    @Test
    void aResultAmongAHundredThousandLeasesCostsLittleMoreThanAmongAThousand() {
        nanosPerResult(1_000);
        double few = nanosPerResult(1_000);
        double many = nanosPerResult(100_000);

        assertThat(many / few).isLessThan(10);
    }

    /** Nanoseconds of this thread's CPU time for a result and the next assignment while so many tasks are leased. */
    private static double nanosPerResult(int leases) {
        int results = 20_000;
        Scheduler<String, String, String> scheduler = scheduler(1);
        List<PendingTask<String>> tasks = IntStream.range(0, leases + results)
                .mapToObj(number -> pending("task " + number, 0))
                .toList();
        scheduler.resume(tasks, Stats.NONE, 0);
        Queue<Action.Assign<String, String>> assigned = new ArrayDeque<>();
        for (int number = 0; number < leases; number++) {
            assigned.add(assign(scheduler.pull(new WorkerId("node", number), 0, 0)));
        }
        // Idle workers have a straggler looked for at each result.
        IntStream.range(0, 10).forEach(number -> scheduler.pull(new WorkerId("spare", number), 0, 0));
        long before = CPU.getCurrentThreadCpuTime();
        for (int count = 0; count < results - 10; count++) {
            Action.Assign<String, String> done = assigned.remove();
            assigned.add(assign(scheduler.completed(done.worker(), done.lease(), "page", count)));
        }
        return (CPU.getCurrentThreadCpuTime() - before) / (double) results;
    }

    @Test
    void tasksFromWhichManyFollowWaitWhileThereIsEnoughToDo() {
        Plan<String, String, String> accounts = new Plan<>() {
            @Override
            public List<String> seeds() {
                return IntStream.range(0, 50).mapToObj(number -> "list").toList();
            }

            @Override
            public Step<String, String> completed(String task, String result, Demand demand) {
                return Step.of(result, task.equals("list") ? Collections.nCopies(20, "item") : List.of());
            }

            @Override
            public Step<String, String> abandoned(String task, Failure failure) {
                throw new AssertionError(failure);
            }

            @Override
            public TaskPolicy terms(String task) {
                return new TaskPolicy(task, Duration.ofSeconds(60), false, task.equals("list"), 1);
            }
        };
        Scheduler<String, String, String> scheduler = scheduler(accounts, 1);
        scheduler.start(0);
        Queue<Action.Assign<String, String>> underWay = new ArrayDeque<>();
        for (int number = 0; number < 3; number++) {
            underWay.add(assign(scheduler.pull(new WorkerId("node", number), 0, 0)));
        }
        int most = 0;
        int done = 0;
        for (; !underWay.isEmpty(); done++) {
            Action.Assign<String, String> next = underWay.remove();
            scheduler.completed(next.worker(), next.lease(), "", done).stream()
                    .filter(Action.Assign.class::isInstance)
                    .forEach(action -> underWay.add((Action.Assign<String, String>) action));
            most = Math.max(most, (int) scheduler.outstanding().stream()
                    .filter(task -> task.work().equals("item"))
                    .count());
        }

        assertThat(done).isEqualTo(50 + 50 * 20);
        assertThat(most).as("items that wait at a time").isLessThan(100);
    }

    private static Scheduler<String, String, String> scheduler(long epoch) {
        return scheduler(new Halves(), epoch);
    }

    private static Scheduler<String, String, String> scheduler(Plan<String, String, String> plan, long epoch) {
        Duration second = Duration.ofSeconds(1);
        SchedulerSettings settings =
                new SchedulerSettings(8, new Backoff(second, second), second, 1_000, 0.03, second, false);
        return new Scheduler<>(plan, settings, epoch, new Random(1));
    }

    private static PendingTask<String> pending(String work, int attempts) {
        return new PendingTask<>(work, attempts);
    }

    private static long lease(List<Action<String, String>> actions) {
        return assign(actions).lease();
    }

    private static Action.Assign<String, String> assign(List<Action<String, String>> actions) {
        Optional<Action<String, String>> assign =
                actions.stream().filter(Action.Assign.class::isInstance).findFirst();
        return (Action.Assign<String, String>) assign.orElseThrow();
    }

    /** A task {@code root} that is followed by two others. */
    private static final class Halves implements Plan<String, String, String> {
        @Override
        public List<String> seeds() {
            return List.of("root");
        }

        @Override
        public Step<String, String> completed(String task, String result, Demand demand) {
            return Step.of(task + ": " + result, task.equals("root") ? List.of("left", "right") : List.of());
        }

        @Override
        public Step<String, String> abandoned(String task, Failure failure) {
            return Step.of(task + ": " + failure);
        }

        @Override
        public boolean keptForResumption(String task) {
            return task.equals("kept");
        }

        @Override
        public TaskPolicy terms(String task) {
            return new TaskPolicy("lane", Duration.ofSeconds(60), true);
        }
    }
}
