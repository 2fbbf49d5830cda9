package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.cluster.protocol.RunView;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Stored form of a run: one line of JSON, followed by the checkpoint or, once the run has ended, by the result and, if
 * the run can be resumed, the checkpoint.
 */
public final class SavedRun {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final RunRecord record;
    private final byte[] payload;

    SavedRun(RunRecord record, byte[] payload) {
        this.record = record;
        this.payload = payload.clone();
    }

    public RunRecord record() {
        return record;
    }

    /** The checkpoint or the result; empty before the first checkpoint. */
    public byte[] payload() {
        return Arrays.copyOf(payload, record.resultBytes().orElse(payload.length));
    }

    /** The run as an ended one, with the checkpoint after the result if it is to be resumable. */
    SavedRun ended(byte[] result, boolean resumable, RunView.Outcome outcome, Instant now) {
        if (!resumable || payload.length == 0) {
            return new SavedRun(record.ended(now, outcome, Optional.empty()), result);
        }
        byte[] both = Arrays.copyOf(result, result.length + payload.length);
        System.arraycopy(payload, 0, both, result.length, payload.length);
        return new SavedRun(record.ended(now, outcome, Optional.of(result.length)), both);
    }

    /** An ended run as one that continues from its checkpoint; empty if none was kept. */
    Optional<SavedRun> resumed() {
        return record.resultBytes()
                .map(size -> new SavedRun(record.resumed(), Arrays.copyOfRange(payload, size, payload.length)));
    }

    byte[] encode() throws JsonProcessingException {
        byte[] head = MAPPER.writeValueAsBytes(record);
        byte[] all = Arrays.copyOf(head, head.length + 1 + payload.length);
        all[head.length] = '\n';
        System.arraycopy(payload, 0, all, head.length + 1, payload.length);
        return all;
    }

    static SavedRun decode(String name, byte[] content) throws IOException {
        RunRecord record = record(name, content);
        int from = endOfRecord(content) + 1;
        int size = record.resultBytes().orElse(0);
        if (size < 0 || size > content.length - from) {
            throw new IOException(name + " is damaged: its result is cut off");
        }
        return new SavedRun(record, Arrays.copyOfRange(content, from, content.length));
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
