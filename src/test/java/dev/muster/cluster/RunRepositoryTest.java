package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.CheckpointStore.Content;
import dev.muster.engine.CheckpointStore.SupersededException;
import dev.muster.store.ContentParts.Part;
import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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

        state.save(content("first"));
        state.save(content("second\nwith a line"));

        assertThat(states.list()).containsExactly("toy-1");
        RunState successor = states.takeOver("toy-1");
        assertThat(successor.load().orElseThrow()).hasContent("second\nwith a line");
        assertThat(successor.record().arguments()).containsEntry("count", "7");
        assertThat(successor.epoch()).isGreaterThan(state.epoch());
    }

    @Test
    void aSupersededCoordinatorCanNeitherSaveNorEndTheRun() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);
        RunState old = states.takeOver("toy-1");
        RunState successor = states.takeOver("toy-1");

        assertThatThrownBy(() -> old.save(content("late"))).isInstanceOf(SupersededException.class);
        assertThatThrownBy(() -> old.end(content("late"), false, RunView.Outcome.COMPLETE, NOW))
                .isInstanceOf(SupersededException.class);
        successor.save(content("good"));

        assertThat(states.content(states.read("toy-1").orElseThrow().parts())).hasContent("good");
    }

    @Test
    void anEndedRunIsNotTakenOverAgain() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);
        states.takeOver("toy-1").end(content("result"), false, RunView.Outcome.COMPLETE, NOW);

        assertThatThrownBy(() -> states.takeOver("toy-1")).isInstanceOf(SupersededException.class);
        assertThat(states.content(states.read("toy-1").orElseThrow().parts())).hasContent("result");
        assertThat(states.read("toy-1").orElseThrow().record().endedAt()).contains(NOW);
    }

    @Test
    void aRunSubmittedTwiceIsOne() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);
        states.takeOver("toy-1").save(content("under way"));

        RunRecord there = states.submit(RECORD);

        assertThat(there.epoch()).isEqualTo(1);
        assertThat(states.content(states.read("toy-1").orElseThrow().parts())).hasContent("under way");
    }

    @Test
    void aWriteWhoseAnswerWasLostDoesNotSupersedeItsOwnCoordinator() throws Exception {
        AtomicBoolean loseAnswer = new AtomicBoolean();
        RunRepository states = new RunRepository(new ForgetfulStore(store(), loseAnswer));
        states.submit(RECORD);
        RunState state = states.takeOver("toy-1");

        loseAnswer.set(true);
        assertThatThrownBy(() -> state.save(content("written, but who knows"))).isInstanceOf(IOException.class);
        loseAnswer.set(false);
        state.save(content("next"));

        assertThat(states.content(states.read("toy-1").orElseThrow().parts())).hasContent("next");
    }

    @Test
    void ofALargeCheckpointOnlyWhatHasChangedIsWrittenAgainAndNothingOldIsLeft() throws Exception {
        KeyValueStore store = store();
        RunRepository states = new RunRepository(store);
        states.submit(RECORD);
        RunState state = states.takeOver("toy-1");
        byte[] bytes = new byte[12_000_000];
        new Random(1).nextBytes(bytes);
        state.save(out -> out.write(bytes));
        List<Part> before = states.read("toy-1").orElseThrow().checkpoint();

        bytes[5_000_000]++;
        state.save(out -> out.write(bytes));

        List<Part> after = states.read("toy-1").orElseThrow().checkpoint();
        assertThat(before).hasSizeGreaterThan(3);
        assertThat(after).filteredOn(part -> !before.contains(part)).hasSizeBetween(1, 2);
        assertThat(store.list("toy-1.parts"))
                .containsExactlyInAnyOrderElementsOf(
                        after.stream().map(Part::name).toList());
        assertThat(states.takeOver("toy-1").load().orElseThrow()).hasBinaryContent(bytes);
    }

    @Test
    void aSuccessorRemovesWhatItsPredecessorsHaveLeftAndALateOneTouchesNothingOfIt() throws Exception {
        KeyValueStore store = store();
        RunRepository states = new RunRepository(store);
        states.submit(RECORD);
        RunState old = states.takeOver("toy-1");
        old.save(content("good"));
        store.write("toy-1.parts/1-7", bytes("left by a crash"), Optional.empty());

        RunState successor = states.takeOver("toy-1");

        assertThat(store.list("toy-1.parts")).containsExactly("toy-1.parts/1-0");
        successor.save(content("better"));
        assertThatThrownBy(() -> old.save(content("late"))).isInstanceOf(SupersededException.class);
        assertThat(states.takeOver("toy-1").load().orElseThrow()).hasContent("better");
    }

    @Test
    void aCheckpointThatFailsHalfWayLeavesTheOneBeforeAndSaysWhy() throws Exception {
        RunRepository states = new RunRepository(store());
        states.submit(RECORD);
        RunState state = states.takeOver("toy-1");
        state.save(content("good"));

        assertThatThrownBy(() -> state.save(out -> {
                    out.write(new byte[10_000_000]);
                    throw new IOException("the connection was lost");
                }))
                .isInstanceOf(IOException.class);

        assertThat(state.unsaved()).hasValue("the connection was lost");
        assertThat(states.content(states.read("toy-1").orElseThrow().checkpoint()))
                .hasContent("good");
        state.save(content("better"));
        assertThat(state.unsaved()).isEmpty();
    }

    @Test
    void aDamagedPartIsNoCheckpoint() throws Exception {
        KeyValueStore store = store();
        RunRepository states = new RunRepository(store);
        states.submit(RECORD);
        states.takeOver("toy-1").save(content("good"));
        KeyValueStore.Stored part = store.read("toy-1.parts/1-0").orElseThrow();
        store.write("toy-1.parts/1-0", bytes("gone bad"), Optional.of(part.tag()));

        RunState state = states.takeOver("toy-1");

        assertThatThrownBy(() -> state.load().orElseThrow().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("toy-1.parts/1-0 is damaged");
    }

    @Test
    void anEndWhoseAnswerWasLostIsTheRunsEndAndAnotherOneIsNot() throws Exception {
        AtomicBoolean loseAnswer = new AtomicBoolean();
        RunRepository states = new RunRepository(new ForgetfulStore(store(), loseAnswer));
        states.submit(RECORD);
        RunState state = states.takeOver("toy-1");

        loseAnswer.set(true);
        assertThatThrownBy(() -> state.end(content("result"), false, RunView.Outcome.COMPLETE, NOW))
                .isInstanceOf(IOException.class);
        loseAnswer.set(false);

        assertThatThrownBy(() -> state.end(content("other"), false, RunView.Outcome.COMPLETE, NOW))
                .isInstanceOf(SupersededException.class);
        assertThatCode(() -> state.end(content("result"), false, RunView.Outcome.COMPLETE, NOW.plusSeconds(5)))
                .doesNotThrowAnyException();
        assertThat(states.content(states.read("toy-1").orElseThrow().parts())).hasContent("result");
    }

    @Test
    void theRecordsOfManyRunsAreReadWhateverTheirSize() throws Exception {
        RunRepository states = new RunRepository(store());
        String many = "bucket-of-a-long-name,".repeat(2000);
        for (int i = 0; i < 20; i++) {
            TreeMap<String, String> arguments = new TreeMap<>(Map.of("include", i % 2 == 0 ? "one" : many));
            states.submit(RunRecord.submitted("toy-" + i, "toy", arguments, NOW));
            if (i % 3 == 0) {
                states.takeOver("toy-" + i).end(content(many), false, RunView.Outcome.INCOMPLETE, NOW);
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
        states.takeOver("toy-1").save(content("under way"));

        states.forget("toy-1");

        assertThat(states.list()).isEmpty();
        assertThat(states.read("toy-1")).isEmpty();
        assertThatThrownBy(() -> states.takeOver("toy-1")).isInstanceOf(SupersededException.class);
    }

    private static Content content(String text) {
        return out -> out.write(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
