package dev.muster.engine;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.engine.Counting.Tally;
import dev.muster.engine.Counting.Work;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.MemoryCheckpointStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class AggregatorTest {
    private static final Config CONFIG =
            ConfigFactory.parseString("muster.workers = 2").withFallback(ConfigFactory.load());

    /** A summary that may be beyond what a checkpoint can hold. */
    record Sized(boolean tooLarge) {
        @JsonProperty
        String text() {
            if (tooLarge) {
                throw new IllegalStateException("Maximum Java array size (2GB) exceeded");
            }
            return "";
        }
    }

    @Test
    void aCheckpointThatCannotBeEncodedCostsTheResumptionAndNotTheRun() {
        CheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());

        assertThat(eventsOfACheckpoint(new Sized(true), store)).hasOnlyElementsOfType(Aggregator.Saved.class);
    }

    @Test
    void aStoreThatBreaksCostsTheResumptionAndNotTheRun() {
        assertThat(eventsOfACheckpoint(new Sized(false), new BrokenStore()))
                .hasOnlyElementsOfType(Aggregator.Saved.class);
    }

    @Test
    void aMergeThatBreaksAfterTheLastResultFailsTheRun() {
        Job<Work, Integer, Tally> counting = new Counting(1).job();
        Job<Work, Integer, Tally> job = job(counting, new Summary<>() {
            @Override
            public boolean complete(Counting.Tally partial) {
                return true;
            }

            @Override
            public Tally empty() {
                return new Tally(0, 0);
            }

            @Override
            public Tally merge(Tally left, Tally right) {
                throw new IllegalStateException("a bug in the merge");
            }
        });
        MemoryCheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory());

        try (LocalRun<Work, Integer, Tally> run = LocalRun.start(CONFIG, job, EngineSettings.from(CONFIG), store)) {
            assertThatThrownBy(() -> run.result().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .hasRootCauseMessage("a bug in the merge");
        }
    }

    private static Job<Work, Integer, Tally> job(Job<Work, Integer, Tally> job, Summary<Tally> summary) {
        return new Job<>(
                job.name(),
                job.arguments(),
                job.plan(),
                job.executor(),
                summary,
                job.output(),
                job.taskType(),
                job.partialType());
    }

    private static List<Aggregator.Event> eventsOfACheckpoint(Sized summary, CheckpointStore store) {
        ActorTestKit kit = ActorTestKit.create();
        try {
            TestProbe<Aggregator.Event> events = kit.createTestProbe();
            TestProbe<RunResult<Work, Sized>> result = kit.createTestProbe();
            ActorRef<Aggregator.Command<Work, Sized>> aggregator = kit.spawn(
                    Aggregator.create(sized(summary), store, Optional.empty(), events.getRef(), result.getRef()));
            aggregator.tell(new Aggregator.TakeCheckpoint<>(List.of(), Stats.NONE));
            aggregator.tell(new Aggregator.Finish<>(new RunEnd.Interrupted(), List.of(), List.of(), Stats.NONE));
            assertThat(result.receiveMessage().end()).isEqualTo(new RunEnd.Interrupted());
            return events.receiveSeveralMessages(1);
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static Job<Work, Integer, Sized> sized(Sized value) {
        Summary<Sized> summary = new Summary<>() {
            @Override
            public boolean complete(Sized partial) {
                return true;
            }

            @Override
            public Sized empty() {
                return value;
            }

            @Override
            public Sized merge(Sized left, Sized right) {
                return value;
            }
        };
        return new Job<>(
                "sized",
                new TreeMap<>(),
                new NoWork(),
                work -> completedFuture(0),
                summary,
                Output.none(),
                Work.class,
                Sized.class);
    }

    private static final class NoWork implements Plan<Work, Integer, Sized> {
        @Override
        public List<Work> seeds() {
            return List.of();
        }

        @Override
        public Step<Work, Sized> completed(Work task, Integer result, Demand demand) {
            return Step.next(List.of());
        }

        @Override
        public Step<Work, Sized> abandoned(Work task, Failure failure) {
            return Step.next(List.of());
        }

        @Override
        public TaskPolicy terms(Work task) {
            throw new UnsupportedOperationException();
        }
    }

    /** A store whose client throws what it likes. */
    private static final class BrokenStore implements CheckpointStore {
        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Optional<InputStream> load() throws IOException {
            return Optional.empty();
        }

        @Override
        public void save(Content checkpoint) {
            throw new IllegalStateException("connection pool shut down");
        }

        @Override
        public void clear() {
            throw new IllegalStateException("connection pool shut down");
        }

        @Override
        public String location() {
            return "nowhere";
        }

        @Override
        public void close() {}
    }
}
