package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.MemoryCheckpointStore;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LocalRunTest {
    private static final Config CONFIG = ConfigFactory.parseString(
                    "muster.workers = 8, muster.engine { max-attempts = 100, backoff { base = 1ms, cap = 5ms }, restart { min = 1ms, max = 5ms } }")
            .withFallback(ConfigFactory.load());

    @Test
    void everyItemIsCountedOnceThoughHalfOfTheTriesFail() throws Exception {
        long seed = new Random().nextLong();
        Counting job = new Counting(2_000, 0.5, seed);

        RunResult<Counting.Work, Counting.Tally> result = run(CONFIG, job.job());

        assertThat(result.end()).as("with seed %d", seed).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().sum()).as("with seed %d", seed).isEqualTo(job.expectedSum());
        assertThat(result.checkpoint()).isEmpty();
    }

    @Test
    void aLookShowsTheRunAndAViewThatFailsIsItsOwnTrouble() throws Exception {
        Counting job = new Counting(2_000, 0.5, 7);
        MemoryCheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<Counting.Work, Integer, Counting.Tally> run =
                LocalRun.start(CONFIG, job.job(), EngineSettings.from(CONFIG), store)) {
            CompletableFuture<Long> seen = run.look(now -> now.summary().sum()).toCompletableFuture();
            CompletableFuture<Object> failing = run.look(now -> {
                        throw new IllegalStateException("of the view");
                    })
                    .toCompletableFuture();

            assertThat(seen.get(30, TimeUnit.SECONDS)).isLessThan(job.expectedSum());
            assertThat(failing)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("of the view");
            assertThat(run.result()
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS)
                            .summary()
                            .sum())
                    .isEqualTo(job.expectedSum());
        }
    }

    @Test
    void resultsWaitWithTheirWorkersWhereTheyCannotBeMergedAsFastAsTheyCome() throws Exception {
        Counting counting = new Counting(4_000);
        AtomicInteger done = new AtomicInteger();
        SlowOutput output = new SlowOutput(done);
        Job<Counting.Work, Integer, Counting.Tally> job = counting.job(work -> {
            done.incrementAndGet();
            return CompletableFuture.completedFuture(work.number());
        });

        RunResult<Counting.Work, Counting.Tally> result = run(CONFIG, withOutput(job, output));

        assertThat(result.summary().sum()).isEqualTo(counting.expectedSum());
        assertThat(output.mostAhead).isLessThan(300);
    }

    @Test
    void noLeaseExpiresWhileItsResultWaitsForACheckpointToBeWritten() throws Exception {
        Counting counting = new Counting(20_000).within(Duration.ofSeconds(1));
        Output<Counting.Tally> slow = new SlowOutput(new AtomicInteger()) {
            @Override
            public void write(Counting.Tally partial) {}

            private boolean synced;

            @Override
            public long sync() {
                if (!synced) {
                    LockSupport.parkNanos(1_500_000_000);
                }
                synced = true;
                return 0;
            }
        };
        Config often = ConfigFactory.parseString(
                        "muster.engine { checkpoint-interval = 5ms, lease-margin = 1ms, hedge.factor = 0 }")
                .withFallback(CONFIG);

        RunResult<Counting.Work, Counting.Tally> result = run(often, withOutput(counting.job(), slow));

        assertThat(result.summary().sum()).isEqualTo(counting.expectedSum());
        assertThat(result.stats().failed()).isZero();
        assertThat(result.stats().late()).isZero();
    }

    /** An output that takes longer than a task. */
    private static class SlowOutput implements Output<Counting.Tally> {
        private final AtomicInteger done;
        private int written;
        private volatile int mostAhead;

        SlowOutput(AtomicInteger done) {
            this.done = done;
        }

        @Override
        public void write(Counting.Tally partial) {
            LockSupport.parkNanos(50_000);
            written++;
            mostAhead = Math.max(mostAhead, done.get() - written);
        }

        @Override
        public long sync() {
            return 0;
        }

        @Override
        public void rewind(long position) {}

        @Override
        public void close() {}
    }

    private static Job<Counting.Work, Integer, Counting.Tally> withOutput(
            Job<Counting.Work, Integer, Counting.Tally> job, Output<Counting.Tally> output) {
        return new Job<>(
                job.name(),
                job.arguments(),
                job.plan(),
                job.executor(),
                job.summary(),
                output,
                job.taskType(),
                job.partialType());
    }

    private static RunResult<Counting.Work, Counting.Tally> run(
            Config config, Job<Counting.Work, Integer, Counting.Tally> job) throws Exception {
        MemoryCheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<Counting.Work, Integer, Counting.Tally> run =
                LocalRun.start(config, job, EngineSettings.from(config), store)) {
            CompletableFuture<RunResult<Counting.Work, Counting.Tally>> result =
                    run.result().toCompletableFuture();
            return result.get(30, TimeUnit.SECONDS);
        }
    }
}
