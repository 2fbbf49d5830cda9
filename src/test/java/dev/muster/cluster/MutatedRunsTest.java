package dev.muster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.Mutation;
import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.Failure;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import dev.muster.store.ContentParts.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever has become of a run's record or result, it is read, or cannot be read for a reason that is told. */
@Timeout(60)
class MutatedRunsTest {
    private static final int TRIES = 1_000;
    private static final Instant NOW = Instant.parse("2026-03-14T09:15:00Z");
    private static final RunRecord RECORD =
            RunRecord.submitted("toy-1", "toy", new TreeMap<>(Map.of("count", "7", "prefix", "a/")), NOW);

    private static final List<Part> PARTS = List.of(new Part("toy-1.parts/1-0", 2, "44136fa3"));

    record Work(String name) {}

    record Sum(long sum) {}

    @Test
    void aMutatedRecordIsReadOrRefusedInWords() throws IOException {
        byte[] going = new SavedRun(RECORD, PARTS, List.of()).encode();
        byte[] ended = new SavedRun(RECORD, PARTS, List.of())
                .ended(PARTS, true, RunView.Outcome.INCOMPLETE, NOW)
                .encode();
        for (int seed = 0; seed < TRIES; seed++) {
            look(new Mutation(seed).of(seed % 2 == 0 ? going : ended));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null\n", "\n", "[]\n", "0\n{}", "", "null\n{\"run\":\"toy-1\"}"})
    void aDamagedRecordIsRefusedInWordsAndKeepsNoOtherFromBeingRead(String content) throws IOException {
        RunRepository runs = look(content.getBytes(UTF_8));

        RunRecord other = RunRecord.submitted("toy-2", "toy", new TreeMap<>(), NOW);
        runs.submit(other);
        assertThat(runs.records(List.of("toy-1", "toy-2"))).containsExactly(other);
    }

    @Test
    void aMutatedResultIsReadOrRefusedInWords() throws IOException {
        ResultCodec<Work, Sum> codec = new ResultCodec<>(Work.class, Sum.class);
        ByteArrayOutputStream good = new ByteArrayOutputStream();
        codec.encode(
                new RunResult<>(
                        new RunEnd.Halted(new Failure(Failure.Kind.DENIED, "AccessDenied", "no")),
                        new Sum(7),
                        Stats.NONE,
                        List.of(new Work("a")),
                        NOW,
                        Duration.ofSeconds(5),
                        Optional.empty()),
                good);
        assertThat(codec.decode(new ByteArrayInputStream(good.toByteArray())).summary())
                .isEqualTo(new Sum(7));
        for (int seed = 0; seed < TRIES; seed++) {
            decode(codec, new Mutation(seed).of(good.toByteArray()));
        }
        decode(codec, "null".getBytes(UTF_8));
        decode(codec, "{}".getBytes(UTF_8));
        decode(codec, new byte[0]);
    }

    private static RunRepository look(byte[] content) throws IOException {
        MemoryStore store = new MemoryStore();
        store.write(RunRepository.name("toy-1"), content, Optional.empty());
        RunRepository runs = new RunRepository(store);
        String what = new String(content, UTF_8);
        try {
            runs.records(List.of("toy-1"))
                    .forEach(record ->
                            assertThat(RunViewFactory.bare(record).run()).isEqualTo("toy-1"));
            assertThat(runs.record("toy-1")).isPresent();
            readWhole(runs.takeOver("toy-1").load());
        } catch (IOException e) {
            assertThat(e.getMessage()).as(what).isNotBlank();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what, e);
        }
        return runs;
    }

    private static void readWhole(Optional<InputStream> checkpoint) throws IOException {
        if (checkpoint.isPresent()) {
            checkpoint.get().readAllBytes();
        }
    }

    private static void decode(ResultCodec<Work, Sum> codec, byte[] text) {
        try {
            assertThat(codec.decode(new ByteArrayInputStream(text)).summary()).isNotNull();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(new String(text, UTF_8), e);
        }
    }
}
