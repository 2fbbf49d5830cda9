package dev.muster.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.Checkpoint.CheckpointCodec;
import dev.muster.engine.Checkpoint.CheckpointCodec.CheckpointException;
import dev.muster.engine.Checkpoint.PendingTask;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Progress.Stats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CheckpointCodecTest {
    record Work(String name, Optional<String> after) {}

    record Sum(long sum) {}

    private static final Checkpoint<Work, Sum> CHECKPOINT = new Checkpoint<>(
            Instant.parse("2026-01-02T03:04:05.000000006Z"),
            1_234,
            new Stats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
            List.of(
                    new PendingTask<>(new Work("\u0000\"\\ \ud83d\ude80 \u044f", Optional.empty()), 3),
                    new PendingTask<>(new Work("", Optional.of("b")), 0)),
            new Sum(Long.MAX_VALUE),
            99);

    private final CheckpointCodec<Work, Sum> codec = codec("count", Map.of("prefix", "logs/", "numfiles", "5"));

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        assertThat(decode(codec, encoded())).isEqualTo(CHECKPOINT);
    }

    @Test
    void otherArgumentsAreRefusedAndTheDifferenceIsNamed() throws Exception {
        byte[] bytes = encoded();

        assertThatThrownBy(() -> decode(codec("count", Map.of("prefix", "other/", "versions", "true")), bytes))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("prefix was logs/, is other/")
                .hasMessageContaining("numfiles was 5, is not set")
                .hasMessageContaining("versions was not set, is true")
                .hasMessageContaining("start afresh without --resume");
    }

    @Test
    void anotherJobsCheckpointIsRefused() throws Exception {
        byte[] bytes = encoded();

        assertThatThrownBy(() -> decode(codec("sort", Map.of()), bytes))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("it belongs to muster count, not to muster sort");
    }

    @Test
    void anotherReleasesCheckpointIsRefused() throws Exception {
        String text = new String(encoded(), UTF_8).replace("\"version\":1,", "\"version\":2,");

        assertThatThrownBy(() -> decode(codec, text.getBytes(UTF_8)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("another release");
    }

    @Test
    void aCheckpointCutShortAnywhereIsRefusedInWords() throws Exception {
        byte[] bytes = encoded();
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);

            assertThatThrownBy(() -> decode(codec, part))
                    .as("%s of %s bytes", length, bytes.length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("it is damaged; start afresh without --resume");
        }
    }

    @Test
    void garbageIsRefusedInWords() {
        String head = "{\"version\":1,\"job\":\"count\",\"arguments\":{\"prefix\":\"logs/\",\"numfiles\":\"5\"}";
        for (String text : List.of(
                "\0\0\0\0",
                "[]",
                "3",
                "null",
                "text",
                head + "}",
                head + ",\"state\":null}",
                head + ",\"state\":[]}",
                head + ",\"state\":{\"startedAt\":\"noon\"}}",
                head + ",\"state\":{\"outstanding\":[null]}}")) {
            assertThatThrownBy(() -> decode(codec, text.getBytes(UTF_8)))
                    .as(text)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("it is damaged; start afresh without --resume");
        }
    }

    private byte[] encoded() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.encode(CHECKPOINT, bytes);
        return bytes.toByteArray();
    }

    private static Checkpoint<Work, Sum> decode(CheckpointCodec<Work, Sum> codec, byte[] bytes) throws Exception {
        return codec.decode(new ByteArrayInputStream(bytes));
    }

    private static CheckpointCodec<Work, Sum> codec(String name, Map<String, String> arguments) {
        return new CheckpointCodec<>(new Job<>(
                name,
                new TreeMap<>(arguments),
                new Idle(),
                work -> CompletableFuture.completedFuture(""),
                new Summing(),
                Output.none(),
                Work.class,
                Sum.class));
    }

    /** A plan that is never asked. */
    private static final class Idle implements Plan<Work, String, Sum> {
        @Override
        public List<Work> seeds() {
            return List.of();
        }

        @Override
        public Step<Work, Sum> completed(Work task, String result, Demand demand) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Step<Work, Sum> abandoned(Work task, Failure failure) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TaskPolicy terms(Work task) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Summing implements Summary<Sum> {
        @Override
        public Sum empty() {
            return new Sum(0);
        }

        @Override
        public Sum merge(Sum left, Sum right) {
            return new Sum(left.sum() + right.sum());
        }

        @Override
        public boolean complete(Sum sum) {
            return true;
        }
    }
}
