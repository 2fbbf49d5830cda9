package dev.muster.cluster.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.checkpoint.SupersededException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What any {@link StateStore} must make of runs; the subclasses bring the stores. */
abstract class RunStatesTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:15:00Z");
    private static final RunRecord RECORD =
            RunRecord.submitted("toy-1", "toy", new TreeMap<>(Map.of("count", "7")), NOW);

    abstract StateStore store() throws IOException;

    @Test
    void aRunIsFoundAgainWithItsNewestCheckpoint() throws Exception {
        RunStates states = new RunStates(store());
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
        RunStates states = new RunStates(store());
        states.submit(RECORD);
        RunState old = states.takeOver("toy-1");
        RunState successor = states.takeOver("toy-1");

        assertThatThrownBy(() -> old.save(bytes("late"))).isInstanceOf(SupersededException.class);
        assertThatThrownBy(() -> old.end(bytes("late"), NOW)).isInstanceOf(SupersededException.class);
        successor.save(bytes("good"));

        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("good"));
    }

    @Test
    void anEndedRunIsNotTakenOverAgain() throws Exception {
        RunStates states = new RunStates(store());
        states.submit(RECORD);
        states.takeOver("toy-1").end(bytes("result"), NOW);

        assertThatThrownBy(() -> states.takeOver("toy-1")).isInstanceOf(SupersededException.class);
        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("result"));
        assertThat(states.read("toy-1").orElseThrow().record().endedAt()).contains(NOW);
    }

    @Test
    void aRunSubmittedTwiceIsOne() throws Exception {
        RunStates states = new RunStates(store());
        states.submit(RECORD);
        states.takeOver("toy-1").save(bytes("under way"));

        RunRecord there = states.submit(RECORD);

        assertThat(there.epoch()).isEqualTo(1);
        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("under way"));
    }

    @Test
    void aWriteWhoseAnswerWasLostDoesNotSupersedeItsOwnCoordinator() throws Exception {
        AtomicBoolean loseAnswer = new AtomicBoolean();
        RunStates states = new RunStates(new ForgetfulStore(store(), loseAnswer));
        states.submit(RECORD);
        RunState state = states.takeOver("toy-1");

        loseAnswer.set(true);
        assertThatThrownBy(() -> state.save(bytes("written, but who knows"))).isInstanceOf(IOException.class);
        loseAnswer.set(false);
        state.save(bytes("next"));

        assertThat(states.read("toy-1").orElseThrow().payload()).isEqualTo(bytes("next"));
    }

    @Test
    void aForgottenRunIsGone() throws Exception {
        RunStates states = new RunStates(store());
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
