package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.MemoryCheckpointStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SupersededRunTest {
    private static final Config CONFIG = ConfigFactory.parseString(
                    "muster.workers = 2, muster.engine.checkpoint-interval = 5ms")
            .withFallback(ConfigFactory.load());

    @Test
    void aRunStopsWhenAnotherCoordinatorHasTakenItsCheckpointOver() throws Exception {
        MemoryCheckpointStore.Memory memory = new MemoryCheckpointStore.Memory();
        MemoryCheckpointStore store = new MemoryCheckpointStore(memory);
        MemoryCheckpointStore newer = new MemoryCheckpointStore(memory);
        Counting counting = new Counting(100);
        var job = counting.job(work ->
                work.number() < 50 ? CompletableFuture.completedFuture(work.number()) : new CompletableFuture<>());

        try (LocalRun<Counting.Work, Integer, Counting.Tally> run =
                LocalRun.start(CONFIG, job, EngineSettings.from(CONFIG), store)) {
            RunResult<Counting.Work, Counting.Tally> result =
                    run.result().toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(result.end()).isInstanceOfSatisfying(RunEnd.Halted.class, halted -> assertThat(
                            halted.failure().code())
                    .isEqualTo("Superseded"));
        }
        assertThat(newer.load()).isEmpty();
    }

    @Test
    void aRunThatWasTakenOverIsNotCompleteThoughItsTasksAre() throws Exception {
        Config noCheckpoint = ConfigFactory.parseString("muster.engine.checkpoint-interval = 1h")
                .withFallback(CONFIG);
        MemoryCheckpointStore.Memory memory = new MemoryCheckpointStore.Memory();
        MemoryCheckpointStore store = new MemoryCheckpointStore(memory);
        MemoryCheckpointStore newer = new MemoryCheckpointStore(memory);
        newer.save(out -> out.write(1));

        try (LocalRun<Counting.Work, Integer, Counting.Tally> run =
                LocalRun.start(noCheckpoint, new Counting(100).job(), EngineSettings.from(noCheckpoint), store)) {
            RunResult<Counting.Work, Counting.Tally> result =
                    run.result().toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(result.end()).isInstanceOfSatisfying(RunEnd.Halted.class, halted -> assertThat(
                            halted.failure().code())
                    .isEqualTo("Superseded"));
        }
        assertThat(newer.load()).isPresent();
    }
}
