package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.engine.Failure;
import dev.muster.engine.Progress.Stats;
import dev.muster.engine.RunResult;
import dev.muster.engine.RunResult.RunEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes and reads a run's result as JSON. */
public final class ResultCodec<T, P> {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private enum End {
        COMPLETE,
        INTERRUPTED,
        HALTED
    }

    private record Saved<T, P>(
            End end,
            Optional<Failure> failure,
            P summary,
            Stats stats,
            List<T> outstanding,
            Instant startedAt,
            Duration elapsed,
            Optional<String> checkpoint) {
        private Saved {
            checkpoint = checkpoint == null ? Optional.empty() : checkpoint; // results of earlier releases have none
            requireNonNull(end, "end is null");
            requireNonNull(summary, "summary is null");
            requireNonNull(stats, "stats is null");
            outstanding = List.copyOf(outstanding);
            requireNonNull(startedAt, "startedAt is null");
            requireNonNull(elapsed, "elapsed is null");
            if (failure.isPresent() != (end == End.HALTED)) {
                throw new IllegalArgumentException("a failure is named if and only if it has ended the run");
            }
        }
    }

    private final JavaType type;

    public ResultCodec(Class<T> taskType, Class<P> partialType) {
        type = TypeFactory.defaultInstance().constructParametricType(Saved.class, taskType, partialType);
    }

    /** Writes a result without holding it in memory a second time; leaves the stream open. */
    void encode(RunResult<T, P> result, OutputStream out) throws IOException {
        Optional<Failure> failure =
                result.end() instanceof RunEnd.Halted halted ? Optional.of(halted.failure()) : Optional.empty();
        End end = failure.isPresent()
                ? End.HALTED
                : result.end() instanceof RunEnd.Complete ? End.COMPLETE : End.INTERRUPTED;
        Saved<T, P> saved = new Saved<>(
                end,
                failure,
                result.summary(),
                result.stats(),
                result.outstanding(),
                result.startedAt(),
                result.elapsed(),
                result.checkpoint());
        MAPPER.writerFor(type).without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(out, saved);
    }

    /**
     * Reads a result. Its checkpoint belongs to the cluster.
     *
     * @throws IOException if it is damaged
     */
    public RunResult<T, P> decode(InputStream in) throws IOException {
        Saved<T, P> saved = MAPPER.readerFor(type).readValue(in);
        if (saved == null) {
            throw new IOException("it holds nothing");
        }
        RunEnd end =
                switch (saved.end()) {
                    case COMPLETE -> new RunEnd.Complete();
                    case INTERRUPTED -> new RunEnd.Interrupted();
                    case HALTED -> new RunEnd.Halted(saved.failure().orElseThrow());
                };
        return new RunResult<>(
                end,
                saved.summary(),
                saved.stats(),
                saved.outstanding(),
                saved.startedAt(),
                saved.elapsed(),
                saved.checkpoint());
    }
}
