package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.CheckpointStore.SupersededException;
import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What any {@link KeyValueStore} must make of runs; the subclasses bring the stores. */
public abstract class RunRepositoryTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:15:00Z");
    private static final RunRecord RECORD =
            RunRecord.submitted("toy-1", "toy", new TreeMap<>(Map.of("count", "7")), NOW);

    protected abstract KeyValueStore store() throws IOException;

    @Test
    void aRunIsFoundAgainWithItsNewestCheckpoint() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);
        RunState state = states.takeOver("toy-1");
        assertThat(state.load()).isEmpty();

        state.save(bytes("first"));
        state.save(bytes("second\nwith a line"));

        assertThat(states.list()).containsExactly("toy-1");
        RunState successor = states.takeOver("toy-1");
        assertThat(successor.load()).hasValue(bytes("second\nwith a line"));
        assertThat(successor.record().arguments()).containsEntry("count", "7");
        assertThat(successor.epoch()).isGreaterThan(state.epoch());
    }

    @Test
    void aSupersededCoordinatorCanNeitherSaveNorEndTheRun() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);
        RunState old = states.takeOver("toy-1");
        RunState successor = states.takeOver("toy-1");

        assertThatThrownBy(() -> old.save(bytes("late"))).isInstanceOf(SupersededException.class);
        assertThatThrownBy(() -> old.end(bytes("late"), false, RunView.Outcome.COMPLETE, NOW))
                .isInstanceOf(SupersededException.class);
        successor.save(bytes("good"));

        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("good"));
    }

    @Test
    void anEndedRunIsNotTakenOverAgain() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);
        states.takeOver("toy-1").end(bytes("result"), false, RunView.Outcome.COMPLETE, NOW);

        assertThatThrownBy(() -> states.takeOver("toy-1")).isInstanceOf(SupersededException.class);
        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("result"));
        assertThat(states.read("toy-1").orElseThrow().record().endedAt()).contains(NOW);
    }

    @Test
    void aRunSubmittedTwiceIsOne() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);
        states.takeOver("toy-1").save(bytes("under way"));

        RunRecord there = states.submit(RECORD);

        assertThat(there.epoch()).isEqualTo(1);
        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("under way"));
    }

    @Test
    void aWriteWhoseAnswerWasLostDoesNotSupersedeItsOwnCoordinator() throws Exception {
        AtomicBoolean loseAnswer = new AtomicBoolean();
        RunRepository states = new RunRepository(new ForgetfulStore(store(), loseAnswer));
        states.submit(RECORD);
        RunState state = states.takeOver("toy-1");

        loseAnswer.set(true);
        assertThatThrownBy(() -> state.save(bytes("written, but who knows"))).isInstanceOf(IOException.class);
        loseAnswer.set(false);
        state.save(bytes("next"));

        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("next"));
    }

    @Test
    void anEndWhoseAnswerWasLostIsTheRunsEndAndAnotherOneIsNot() throws Exception {
        AtomicBoolean loseAnswer = new AtomicBoolean();
        RunRepository states = new RunRepository(new ForgetfulStore(store(), loseAnswer));
        states.submit(RECORD);
        RunState state = states.takeOver("toy-1");

        loseAnswer.set(true);
        assertThatThrownBy(() -> state.end(bytes("result"), false, RunView.Outcome.COMPLETE, NOW))
                .isInstanceOf(IOException.class);
        loseAnswer.set(false);

        assertThatThrownBy(() -> state.end(bytes("other"), false, RunView.Outcome.COMPLETE, NOW))
                .isInstanceOf(SupersededException.class);
        assertThatCode(() -> state.end(bytes("result"), false, RunView.Outcome.COMPLETE, NOW.plusSeconds(5)))
                .doesNotThrowAnyException();
        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("result"));
    }

    @Test
    void theRecordsOfManyRunsAreReadWhateverTheirSize() throws Exception {
        RunRepository states = new RunRepository(store());
        String many = "bucket-of-a-long-name,".repeat(2000);
        for (int i = 0; i < 20; i++) {
            TreeMap<String, String> arguments = new TreeMap<>(Map.of("include", i % 2 == 0 ? "one" : many));
            states.submit(RunRecord.submitted("toy-" + i, "toy", arguments, NOW));
            if (i % 3 == 0) {
                states.takeOver("toy-" + i).end(many.getBytes(UTF_8), false, RunView.Outcome.INCOMPLETE, NOW);
            }
        }

        List<RunRecord> records = states.records(states.list());

        assertThat(records).hasSize(20);
        for (RunRecord record : records) {
            assertThat(record).isEqualTo(states.read(record.run()).orElseThrow().record());
        }
        assertThat(records).filteredOn(RunRecord::ended).hasSize(7);
        assertThat(states.record("toy-20")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNoRecord() throws Exception {
        KeyValueStore store = store();
        RunRepository states = new RunRepository(store);
        states.submit(RECORD);
        store.write("damaged.run", bytes("no line"), Optional.empty());
        store.write("copy.run", store.read("toy-1.run").orElseThrow().content(), Optional.empty());

        assertThat(states.records(states.list())).containsExactly(RECORD);
        assertThatThrownBy(() -> states.record("damaged")).hasMessageContaining("damaged");
        assertThatThrownBy(() -> states.record("copy")).hasMessageContaining("holds run toy-1");
    }

    @Test
    void aForgottenRunIsGone() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);

        states.forget("toy-1");

        assertThat(states.list()).isEmpty();
        assertThat(states.read("toy-1")).isEmpty();
        assertThatThrownBy(() -> states.takeOver("toy-1")).isInstanceOf(SupersededException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
