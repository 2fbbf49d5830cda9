package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.cluster.protocol.RunView;
import dev.muster.store.ContentParts.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Stored form of a run: one line of JSON with the run itself, and one that names the parts of its checkpoint and its result.
 *
 * @param checkpoint the newest one; empty before the first, and after the end of a run that cannot be resumed
 * @param result empty until the run has ended
 */
public record SavedRun(RunRecord record, List<Part> checkpoint, List<Part> result) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private record Contents(List<Part> checkpoint, List<Part> result) {}

    public SavedRun {
        requireNonNull(record, "record is null");
        checkpoint = List.copyOf(checkpoint);
        result = List.copyOf(result);
    }

    /** A run that has not begun. */
    static SavedRun of(RunRecord record) {
        return new SavedRun(record, List.of(), List.of());
    }

    SavedRun with(RunRecord changed) {
        return new SavedRun(changed, checkpoint, result);
    }

    SavedRun with(List<Part> newCheckpoint) {
        return new SavedRun(record, newCheckpoint, result);
    }

    /** The run as an ended one, which keeps its checkpoint if it is to be resumable. */
    SavedRun ended(List<Part> ofResult, boolean resumable, RunView.Outcome outcome, Instant now) {
        return new SavedRun(record.ended(now, outcome), resumable ? checkpoint : List.of(), ofResult);
    }

    /** An ended run as one that continues from its checkpoint; empty if none was kept. */
    Optional<SavedRun> resumed() {
        return record.ended() && !checkpoint.isEmpty()
                ? Optional.of(new SavedRun(record.resumed(), checkpoint, List.of()))
                : Optional.empty();
    }

    /** All parts that are in use. */
    List<Part> parts() {
        return Stream.concat(checkpoint.stream(), result.stream()).toList();
    }

    byte[] encode() throws JsonProcessingException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(MAPPER.writeValueAsBytes(record));
        all.write('\n');
        all.writeBytes(MAPPER.writeValueAsBytes(new Contents(checkpoint, result)));
        return all.toByteArray();
    }

    static SavedRun decode(String name, byte[] content) throws IOException {
        RunRecord record = record(name, content);
        int from = endOfRecord(content) + 1;
        Contents contents = MAPPER.readValue(content, from, content.length - from, Contents.class);
        if (contents == null || contents.checkpoint() == null || contents.result() == null) {
            throw new IOException(name + " is damaged: it names no parts");
        }
        try {
            return new SavedRun(record, contents.checkpoint(), contents.result());
        } catch (NullPointerException e) {
            throw new IOException(name + " is damaged: a part has no name", e);
        }
    }

    /** The record of a stored run, of which only the beginning may have been read. */
    static RunRecord record(String name, byte[] content) throws IOException {
        int end = endOfRecord(content);
        if (end == content.length) {
            throw new IOException(name + " is damaged: it has no first line");
        }
        RunRecord record = MAPPER.readValue(content, 0, end, RunRecord.class);
        if (record == null) {
            throw new IOException(name + " is damaged: it holds no record");
        }
        if (record.version() != RunRecord.VERSION) {
            throw new IOException(name + " was written by another release of muster");
        }
        if (!name.equals(RunRepository.name(record.run()))) {
            throw new IOException(name + " is a copy: it holds run " + record.run());
        }
        return record;
    }

    /** Index at which the first line ends; the length of the content if it does not. */
    static int endOfRecord(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return end;
    }
}
