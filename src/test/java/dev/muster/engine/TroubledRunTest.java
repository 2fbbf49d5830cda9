package dev.muster.engine;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.engine.Scripted.Found;
import dev.muster.engine.Scripted.Work;
import dev.muster.store.MemoryCheckpointStore;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TroubledRunTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Config CONFIG = ConfigFactory.parseString("""
                    muster.workers = 4
                    muster.engine {
                      max-attempts = 3
                      backoff { base = 1ms, cap = 5ms }
                      restart { min = 1ms, max = 5ms }
                      hedge.factor = 0
                      checkpoint-interval = 5ms
                      stop-grace = 10ms
                    }""").withFallback(ConfigFactory.load());

    private final MemoryCheckpointStore.Memory memory = new MemoryCheckpointStore.Memory();

    @Test
    void aTaskThatHangsIsTriedAgainAndItsLateAnswerChangesNothing() throws Exception {
        Scripted scripted = new Scripted(20, SHORT);
        CompletableFuture<Integer> hung = new Uncancellable();
        Job<Work, Integer, Found> job = scripted.job((number, before) -> {
            if (number == 7 && before == 0) {
                return hung;
            }
            if (number == 7) {
                hung.complete(-7);
            }
            return completedFuture(number);
        });

        RunResult<Work, Found> result = run(job, CONFIG);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().done()).containsExactlyInAnyOrderElementsOf(scripted.numbers());
        assertThat(result.stats().failed()).isPositive();
    }

    @Test
    void aTaskThatAlwaysHangsIsGivenUpAndNamed() throws Exception {
        Scripted scripted = new Scripted(5, SHORT);
        Job<Work, Integer, Found> job =
                scripted.job((number, before) -> number == 3 ? new CompletableFuture<>() : completedFuture(number));

        RunResult<Work, Found> result = run(job, CONFIG);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().done()).containsExactlyInAnyOrder(1, 2, 4, 5);
        assertThat(result.summary().givenUp()).containsExactly("3 Timeout: no answer within 0.2 s");
        assertThat(result.stats().abandoned()).isEqualTo(1);
    }

    @Test
    void aTaskThatAlwaysHangsIsGivenUpThoughItIsHedged() throws Exception {
        Config hedger = ConfigFactory.parseString("muster.engine.hedge { factor = 3, share = 1 }")
                .withFallback(CONFIG);
        Scripted scripted = new Scripted(60, SHORT);
        AtomicInteger tries = new AtomicInteger();
        Job<Work, Integer, Found> job = scripted.job((number, before) -> {
            if (number != 30) {
                return completedFuture(number);
            }
            tries.incrementAndGet();
            return new CompletableFuture<>();
        });

        RunResult<Work, Found> result = run(job, hedger);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().givenUp()).containsExactly("30 Timeout: no answer within 0.2 s");
        assertThat(tries).hasValueLessThanOrEqualTo(2 * 3);
    }

    @Test
    void afterADefectTheWorkerIsRestartedAndTheTaskTriedAgain() throws Exception {
        Scripted scripted = new Scripted(40, LONG);
        Job<Work, Integer, Found> job = scripted.job((number, before) -> {
            if (before == 0 && number % 2 == 0) {
                throw new IllegalStateException("thrown outright");
            }
            return before == 0 ? failedFuture(new IllegalStateException("in the future")) : completedFuture(number);
        });

        RunResult<Work, Found> result = run(job, CONFIG);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().done()).containsExactlyInAnyOrderElementsOf(scripted.numbers());
        assertThat(result.stats().failed()).isEqualTo(40);
    }

    @Test
    void aTaskThatAlwaysBreaksItsWorkerIsGivenUpAfterTheLastAttempt() throws Exception {
        Scripted scripted = new Scripted(10, LONG);
        AtomicInteger tries = new AtomicInteger();
        Job<Work, Integer, Found> job = scripted.job((number, before) -> {
            if (number != 4) {
                return completedFuture(number);
            }
            tries.incrementAndGet();
            throw new IllegalStateException("poison");
        });

        RunResult<Work, Found> result = run(job, CONFIG);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().done()).hasSize(9);
        assertThat(result.summary().givenUp()).containsExactly("4 IllegalStateException: poison");
        assertThat(tries).hasValue(3);
    }

    @Test
    void anErrorThrownOutrightIsADefectAndCostsNoWorker() throws Exception {
        Scripted scripted = new Scripted(10, LONG);
        Job<Work, Integer, Found> job = scripted.job((number, before) -> {
            if (number <= 2) {
                throw new AssertionError("poison");
            }
            return completedFuture(number);
        });

        RunResult<Work, Found> result = run(job, CONFIG);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().done()).hasSize(8);
        assertThat(result.summary().givenUp())
                .containsExactlyInAnyOrder("1 AssertionError: poison", "2 AssertionError: poison");
    }

    @Test
    void throttlingCostsNoAttempt() throws Exception {
        Scripted scripted = new Scripted(1, LONG);
        Job<Work, Integer, Found> job = scripted.job(
                (number, before) -> before < 3 ? failure(Failure.Kind.THROTTLED, "SlowDown") : completedFuture(number));

        RunResult<Work, Found> result = run(job, CONFIG);

        assertThat(result.summary().done()).containsExactly(1);
        assertThat(result.stats().throttled()).isEqualTo(3);
    }

    @Test
    void whatIsDeniedGoneOrInvalidIsNotTriedAgain() throws Exception {
        Scripted scripted = new Scripted(3, LONG);
        Job<Work, Integer, Found> job = scripted.job((number, before) -> switch (number) {
            case 1 -> failure(Failure.Kind.DENIED, "AccessDenied");
            case 2 -> failure(Failure.Kind.GONE, "NoSuchBucket");
            default -> failure(Failure.Kind.INVALID, "InvalidRequest");
        });

        RunResult<Work, Found> result = run(job, CONFIG);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().givenUp()).hasSize(3);
        assertThat(result.stats().tries()).isEqualTo(3);
    }

    @Test
    void aRunWhoseNodeIsUnfitHaltsAndCanBeResumedOnAFitOne() throws Exception {
        Scripted scripted = new Scripted(30, LONG);
        Job<Work, Integer, Found> unfit = scripted.job((number, before) ->
                number <= 10 ? completedFuture(number) : failure(Failure.Kind.UNFIT, "ExpiredToken"));

        RunResult<Work, Found> halted = run(unfit, CONFIG);

        assertThat(halted.end()).isInstanceOfSatisfying(RunEnd.Halted.class, end -> assertThat(
                        end.failure().code())
                .isEqualTo("ExpiredToken"));
        assertThat(halted.checkpoint()).isPresent();
        assertThat(halted.summary().givenUp()).isEmpty();

        RunResult<Work, Found> resumed = resume(scripted.job((number, before) -> completedFuture(number)));

        assertThat(resumed.end()).isEqualTo(new RunEnd.Complete());
        assertThat(resumed.summary().done()).containsExactlyInAnyOrderElementsOf(scripted.numbers());
    }

    @Test
    void aStoppedRunEndsThoughATaskHangsAndIsResumedExactly() throws Exception {
        Scripted scripted = new Scripted(50, LONG);
        Job<Work, Integer, Found> job =
                scripted.job((number, before) -> number % 5 == 0 ? new CompletableFuture<>() : completedFuture(number));
        RunResult<Work, Found> stopped;
        try (LocalRun<Work, Integer, Found> run = LocalRun.start(CONFIG, job, EngineSettings.from(CONFIG), store())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> allWorkersHang(run));
            run.stop();
            run.stop();
            stopped = result(run);
        }
        assertThat(stopped.end()).isEqualTo(new RunEnd.Interrupted());
        assertThat(stopped.outstanding()).isNotEmpty();
        assertThat(stopped.summary().done().size() + stopped.outstanding().size())
                .isEqualTo(50);

        RunResult<Work, Found> resumed = resume(scripted.job((number, before) -> completedFuture(number)));

        assertThat(resumed.end()).isEqualTo(new RunEnd.Complete());
        assertThat(resumed.summary().done()).containsExactlyInAnyOrderElementsOf(scripted.numbers());
        assertThat(resumed.checkpoint()).isEmpty();
        assertThat(store().load()).as("a checkpoint of a run that is complete").isEmpty();
    }

    @Test
    void aSlowTaskIsStartedASecondTimeBesideTheFirst() throws Exception {
        Config hedger = ConfigFactory.parseString("muster.engine.hedge { factor = 3, share = 1 }")
                .withFallback(CONFIG);
        Scripted scripted = new Scripted(60, LONG);
        Job<Work, Integer, Found> job = scripted.job(
                (number, before) -> number == 30 && before == 0 ? new CompletableFuture<>() : completedFuture(number));

        RunResult<Work, Found> result = run(job, hedger);

        assertThat(result.end()).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().done()).containsExactlyInAnyOrderElementsOf(scripted.numbers());
        assertThat(result.stats().hedged()).isPositive();
        assertThat(result.stats().failed()).isZero();
    }

    @Test
    void moreTriesThanThereAreWorkersMayHangAndNoneHoldsUpTheRun() throws Exception {
        Config hedger = ConfigFactory.parseString("muster.engine.hedge { factor = 10, share = 0.03 }")
                .withFallback(CONFIG);
        Scripted scripted = new Scripted(300, LONG);
        Job<Work, Integer, Found> job = scripted.job((number, before) -> number % 50 == 49 && before == 0
                ? new CompletableFuture<>()
                : new CompletableFuture<Integer>().completeOnTimeout(number, 20, TimeUnit.MILLISECONDS));

        RunResult<Work, Found> result = run(job, hedger);

        assertThat(result.summary().done()).containsExactlyInAnyOrderElementsOf(scripted.numbers());
        assertThat(result.stats().failed()).isZero();
        assertThat(result.stats().hedged()).isBetween(6L, 2 + 9L);
    }

    @Test
    void anOutputThatFailsHaltsTheRunAndTheCheckpointAgreesWithWhatWasSynced() throws Exception {
        Scripted scripted = new Scripted(200, LONG);
        FailingOutput output = new FailingOutput(120);
        Config oneWorker = ConfigFactory.parseString("muster.workers = 1").withFallback(CONFIG);

        RunResult<Work, Found> halted = run(scripted.job((number, before) -> later(number), output), oneWorker);

        assertThat(halted.end()).isInstanceOfSatisfying(RunEnd.Halted.class, end -> assertThat(
                        end.failure().message())
                .contains("no space left"));
        Job<Work, Integer, Found> again = scripted.job((number, before) -> completedFuture(number), output.mended());
        InputStream stored = store().load().orElseThrow();
        Checkpoint<Work, Found> checkpoint = new CheckpointCodec<>(again).decode(stored);
        assertThat(checkpoint.outputPosition()).isPositive();
        assertThat(checkpoint.summary().done()).isEqualTo(output.lines().subList(0, (int) checkpoint.outputPosition()));
        assertThat(checkpoint.summary().done().size() + checkpoint.outstanding().size())
                .isEqualTo(200);

        RunResult<Work, Found> resumed = resume(again);

        assertThat(resumed.end()).isEqualTo(new RunEnd.Complete());
        assertThat(output.lines()).containsExactlyInAnyOrderElementsOf(scripted.numbers());
        assertThat(resumed.summary().done()).isEqualTo(output.lines());
    }

    private RunResult<Work, Found> run(Job<Work, Integer, Found> job, Config config) throws Exception {
        try (LocalRun<Work, Integer, Found> run = LocalRun.start(config, job, EngineSettings.from(config), store())) {
            return result(run);
        }
    }

    private RunResult<Work, Found> resume(Job<Work, Integer, Found> job) throws Exception {
        try (LocalRun<Work, Integer, Found> run = LocalRun.resume(CONFIG, job, EngineSettings.from(CONFIG), store())) {
            return result(run);
        }
    }

    private CheckpointStore store() {
        return new MemoryCheckpointStore(memory);
    }

    private static RunResult<Work, Found> result(LocalRun<Work, Integer, Found> run) throws Exception {
        return run.result().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static boolean allWorkersHang(LocalRun<Work, Integer, Found> run) throws Exception {
        return run.progress()
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS)
                        .stats()
                        .leased()
                == 4;
    }

    private static CompletableFuture<Integer> failure(Failure.Kind kind, String code) {
        return failedFuture(new TaskException(new Failure(kind, code, "on purpose")));
    }

    /** Takes a moment, so that checkpoints are written between tasks. */
    private static CompletableFuture<Integer> later(int number) {
        return new CompletableFuture<Integer>().completeOnTimeout(number, 3, TimeUnit.MILLISECONDS);
    }

    /** Future that does not notice that it was given up. */
    private static final class Uncancellable extends CompletableFuture<Integer> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
        }
    }
}
