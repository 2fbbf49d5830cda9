package dev.muster.cluster;

import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.CheckpointStore;
import dev.muster.engine.CheckpointStore.SupersededException;
import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * State of one run, written by its coordinator. Every write is conditional on the one before, so the first write after
 * another coordinator has taken over fails (invariant 6). Thread-safe.
 */
final class RunState implements CheckpointStore {
    private final KeyValueStore store;
    private final String name;
    private String tag;
    /** Read without waiting for a write that hangs. */
    private volatile SavedRun saved;

    private volatile Instant savedAt = Instant.now();

    RunState(KeyValueStore store, String name, SavedRun saved, String tag) {
        this.store = store;
        this.name = name;
        this.saved = saved;
        this.tag = tag;
    }

    public RunRecord record() {
        return saved.record();
    }

    /** Time at which the newest checkpoint was written or the run was taken over. */
    public Instant savedAt() {
        return savedAt;
    }

    @Override
    public long epoch() {
        return saved.record().epoch();
    }

    @Override
    public Optional<byte[]> load() {
        return Optional.of(saved.payload()).filter(payload -> payload.length > 0);
    }

    @Override
    public synchronized void save(byte[] checkpoint) throws IOException {
        write(new SavedRun(saved.record(), checkpoint));
        savedAt = Instant.now();
    }

    /** Keeps the last checkpoint: only {@link #end} replaces it, so that a crash between the two loses nothing. */
    @Override
    public void clear() {}

    /** Records that the run is to end, even if its coordinator dies. */
    public synchronized void cancel() throws IOException {
        write(new SavedRun(saved.record().cancel(), saved.payload()));
    }

    /**
     * Replaces the checkpoint by the run's result, or keeps it after the result.
     *
     * @param resumable whether the run can be resumed from the checkpoint
     * @throws SupersededException if another coordinator has taken over: then the result is not the run's
     */
    public synchronized void end(byte[] result, boolean resumable, RunView.Outcome outcome, Instant now)
            throws IOException {
        write(saved.ended(result, resumable, outcome, now));
    }

    @Override
    public String location() {
        return store.location() + "/" + name;
    }

    @Override
    public void close() {}

    private void write(SavedRun next) throws IOException {
        byte[] content = next.encode();
        try {
            tag = store.write(name, content, Optional.of(tag));
        } catch (KeyValueStore.ConflictException e) {
            tag = tagAfterOwnLostWrite(next, content);
        }
        saved = next;
    }

    /**
     * An earlier write may have succeeded although its answer was lost: then the stored run has our epoch. The end of
     * the run is the last write: if it is found with the same result and outcome, it is ours from an earlier try.
     */
    private String tagAfterOwnLostWrite(SavedRun next, byte[] content) throws IOException {
        Optional<KeyValueStore.Stored> stored = store.read(name);
        if (stored.isPresent()) {
            SavedRun there = SavedRun.decode(name, stored.get().content());
            boolean ours = there.record().epoch() == epoch();
            if (ours && !there.record().ended()) {
                return store.write(name, content, Optional.of(stored.get().tag()));
            }
            if (ours
                    && there.record().outcome().equals(next.record().outcome())
                    && Arrays.equals(there.payload(), next.payload())) {
                return stored.get().tag();
            }
        }
        throw new SupersededException("another coordinator has taken over " + location());
    }
}
