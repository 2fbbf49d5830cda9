package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.MemoryCheckpointStore;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocalRunTest {
    private static final Config CONFIG = ConfigFactory.parseString(
                    "muster.workers = 8, muster.engine { max-attempts = 100, backoff { base = 1ms, cap = 5ms }, restart { min = 1ms, max = 5ms } }")
            .withFallback(ConfigFactory.load());

    @Test
    void everyItemIsCountedOnceThoughHalfOfTheTriesFail() throws Exception {
        long seed = new Random().nextLong();
        Counting job = new Counting(2_000, 0.5, seed);

        RunResult<Counting.Work, Counting.Tally> result = run(job);

        assertThat(result.end()).as("with seed %d", seed).isEqualTo(new RunEnd.Complete());
        assertThat(result.summary().sum()).as("with seed %d", seed).isEqualTo(job.expectedSum());
        assertThat(result.checkpoint()).isEmpty();
    }

    private static RunResult<Counting.Work, Counting.Tally> run(Counting job) throws Exception {
        MemoryCheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());
        try (LocalRun<Counting.Work, Integer, Counting.Tally> run =
                LocalRun.start(CONFIG, job.job(), EngineSettings.from(CONFIG), store)) {
            CompletableFuture<RunResult<Counting.Work, Counting.Tally>> result =
                    run.result().toCompletableFuture();
            return result.get(30, TimeUnit.SECONDS);
        }
    }
}
