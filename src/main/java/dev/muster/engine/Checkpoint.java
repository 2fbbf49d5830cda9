package dev.muster.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.engine.Progress.Stats;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A consistent cut of a run (invariant 5): what has been merged and what is still to do, at the same instant.
 *
 * @param startedAt when the run was started for the first time
 * @param elapsedMillis working time so far, without the pauses between interruption and resumption
 * @param outputPosition position up to which output had been written durably, see {@link
 *     dev.muster.engine.Output#sync()}
 */
public record Checkpoint<T, P>(
        Instant startedAt,
        long elapsedMillis,
        Stats stats,
        List<PendingTask<T>> outstanding,
        P summary,
        long outputPosition) {
    public Checkpoint {
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(stats, "stats is null");
        outstanding = List.copyOf(outstanding);
        requireNonNull(summary, "summary is null");
    }

    /**
     * A task that has neither been completed nor abandoned.
     *
     * @param attempts how many of its attempts are used up; not negative
     */
    public record PendingTask<T>(T work, int attempts) {
        public PendingTask {
            requireNonNull(work, "work is null");
            if (attempts < 0) {
                throw new IllegalArgumentException("attempts is negative: " + attempts);
            }
        }
    }

    /** A checkpoint with the job and the arguments that it is of. */
    public record StoredCheckpoint<T, P>(String job, SortedMap<String, String> arguments, Checkpoint<T, P> state) {}

    /** Writes and reads a job's checkpoints as JSON, and refuses those of another version, job, or set of arguments. */
    public static final class CheckpointCodec<T, P> {
        /** Changes whenever an older checkpoint could be misread. */
        private static final int VERSION = 1;

        private static final ObjectMapper MAPPER = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();

        private record Envelope<T, P>(
                int version, String job, SortedMap<String, String> arguments, Checkpoint<T, P> state) {}

        private final String job;
        private final SortedMap<String, String> arguments;
        private final Class<T> taskType;
        private final Class<P> partialType;
        private final JavaType envelopeType;

        public CheckpointCodec(Job<T, ?, P> job) {
            requireNonNull(job, "job is null");
            this.job = job.name();
            this.arguments = job.arguments();
            TypeFactory types = TypeFactory.defaultInstance();
            this.taskType = job.taskType();
            this.partialType = job.partialType();
            this.envelopeType = types.constructParametricType(Envelope.class, job.taskType(), job.partialType());
        }

        /** Writes a checkpoint without holding it in memory a second time; leaves the stream open. */
        public void encode(Checkpoint<T, P> checkpoint, OutputStream out) throws IOException {
            MAPPER.writerFor(envelopeType)
                    .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .writeValue(out, new Envelope<>(VERSION, job, arguments, checkpoint));
        }

        /**
         * Reads a checkpoint as it comes.
         *
         * @throws CheckpointException with a message for people if the checkpoint is not one of this job's
         * @throws IOException if it cannot be read
         */
        public Checkpoint<T, P> decode(InputStream in) throws CheckpointException, IOException {
            return read(in, taskType, partialType, (writtenJob, writtenArguments) -> {
                        if (!writtenJob.equals(job)) {
                            throw new CheckpointException(
                                    "it belongs to muster " + writtenJob + ", not to muster " + job);
                        }
                        refuseOtherArguments(writtenArguments);
                    })
                    .state();
        }

        /**
         * Reads a checkpoint of any arguments, to look at it.
         *
         * @throws CheckpointException with a message for people if it is none of these types
         * @throws IOException if it cannot be read
         */
        public static <T, P> StoredCheckpoint<T, P> read(InputStream in, Class<T> taskType, Class<P> partialType)
                throws CheckpointException, IOException {
            return read(in, taskType, partialType, (job, arguments) -> {});
        }

        /** A look at what a checkpoint is of, before the rest of it is read, which may be large. */
        private interface Check {
            void head(String job, SortedMap<String, String> arguments) throws CheckpointException;
        }

        /** Reads the fields, which are written in one order. */
        private static <T, P> StoredCheckpoint<T, P> read(
                InputStream in, Class<T> taskType, Class<P> partialType, Check check)
                throws CheckpointException, IOException {
            JavaType type =
                    TypeFactory.defaultInstance().constructParametricType(Checkpoint.class, taskType, partialType);
            try (JsonParser json = MAPPER.createParser(in)) {
                require(json.nextToken() == JsonToken.START_OBJECT);
                refuseOtherVersion(field(json, "version"));
                String job = field(json, "job").asText();
                SortedMap<String, String> arguments = arguments(field(json, "arguments"));
                check.head(job, arguments);
                require("state".equals(json.nextFieldName()) && json.nextToken() == JsonToken.START_OBJECT);
                Checkpoint<T, P> state = MAPPER.readerFor(type).readValue(json);
                require(json.nextToken() == JsonToken.END_OBJECT);
                return new StoredCheckpoint<>(job, arguments, state);
            } catch (JsonProcessingException | CharConversionException | IllegalArgumentException e) {
                throw damaged(e);
            }
        }

        private static JsonNode field(JsonParser json, String name) throws CheckpointException, IOException {
            require(name.equals(json.nextFieldName()));
            json.nextToken();
            return MAPPER.readTree(json);
        }

        private static void require(boolean asWritten) throws CheckpointException {
            if (!asWritten) {
                throw damaged(null);
            }
        }

        private static void refuseOtherVersion(JsonNode version) throws CheckpointException {
            require(version.isInt());
            if (version.asInt() != VERSION) {
                throw new CheckpointException(
                        "it was written by another release of muster; start afresh without --resume");
            }
        }

        private static SortedMap<String, String> arguments(JsonNode stored) {
            SortedMap<String, String> arguments = new TreeMap<>();
            stored.properties()
                    .forEach(entry ->
                            arguments.put(entry.getKey(), entry.getValue().asText()));
            return arguments;
        }

        private static CheckpointException damaged(Exception cause) {
            return new CheckpointException("it is damaged; start afresh without --resume", cause);
        }

        private void refuseOtherArguments(SortedMap<String, String> before) throws CheckpointException {
            TreeSet<String> names = new TreeSet<>(before.keySet());
            names.addAll(arguments.keySet());
            List<String> differences = new ArrayList<>();
            for (String name : names) {
                String then = before.get(name);
                String now = arguments.get(name);
                if (!Objects.equals(then, now)) {
                    differences.add(name + " was " + (then == null ? "not set" : then) + ", is "
                            + (now == null ? "not set" : now));
                }
            }
            if (!differences.isEmpty()) {
                throw new CheckpointException("it is of other arguments (" + String.join("; ", differences)
                        + "); give the same ones, or start afresh without --resume");
            }
        }

        /** A checkpoint cannot be used; the message tells people why and what to do. */
        public static final class CheckpointException extends Exception {
            private static final long serialVersionUID = 1L;

            public CheckpointException(String message) {
                super(message);
            }

            public CheckpointException(String message, Throwable cause) {
                super(message, cause);
            }
        }
    }
}
