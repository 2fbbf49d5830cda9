package dev.muster.cluster;

import dev.muster.cluster.protocol.RunView;
import dev.muster.engine.CheckpointStore;
import dev.muster.engine.CheckpointStore.SupersededException;
import dev.muster.store.ContentParts;
import dev.muster.store.ContentParts.Part;
import dev.muster.store.KeyValueStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * State of one run, written by its coordinator. Every write is conditional on the one before, so the first write after
 * another coordinator has taken over fails (invariant 6). Thread-safe.
 */
final class RunState implements CheckpointStore {
    private final KeyValueStore store;
    private final String name;
    /** Guarded by itself: a large checkpoint is written for longer than a cancellation should wait. */
    private final ContentParts parts;

    private String tag;
    /** Read without waiting for a write that hangs. */
    private volatile SavedRun saved;

    private volatile Instant savedAt = Instant.now();
    private volatile Optional<String> unsaved = Optional.empty();

    RunState(KeyValueStore store, String name, SavedRun saved, String tag) {
        this.store = store;
        this.name = name;
        this.saved = saved;
        this.tag = tag;
        this.parts = new ContentParts(store, RunRepository.partPrefix(saved.record()), saved.parts());
    }

    public RunRecord record() {
        return saved.record();
    }

    /** Time at which the newest checkpoint was written or the run was taken over. */
    public Instant savedAt() {
        return savedAt;
    }

    /** Reason why the last checkpoint could not be written; empty if it was. */
    public Optional<String> unsaved() {
        return unsaved;
    }

    @Override
    public long epoch() {
        return saved.record().epoch();
    }

    @Override
    public Optional<InputStream> load() {
        return Optional.of(saved.checkpoint())
                .filter(checkpoint -> !checkpoint.isEmpty())
                .map(checkpoint -> ContentParts.read(store, checkpoint));
    }

    @Override
    public void save(Content checkpoint) throws IOException {
        try {
            synchronized (parts) {
                List<Part> written = parts.write(checkpoint);
                replace(run -> run.with(written));
                parts.keepOnly(saved.parts());
            }
            savedAt = Instant.now();
            unsaved = Optional.empty();
        } catch (IOException | RuntimeException e) {
            unsaved = Optional.of(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Keeps the last checkpoint: only {@link #end} replaces it, so that a crash between the two loses nothing. */
    @Override
    public void clear() {}

    /** Records that the run is to end, even if its coordinator dies. */
    public void cancel() throws IOException {
        replace(run -> run.with(run.record().cancel()));
    }

    /**
     * Replaces the checkpoint by the run's result, or keeps it beside the result.
     *
     * @param resumable whether the run can be resumed from the checkpoint
     * @throws SupersededException if another coordinator has taken over: then the result is not the run's
     */
    public void end(Content result, boolean resumable, RunView.Outcome outcome, Instant now) throws IOException {
        synchronized (parts) {
            List<Part> written = parts.write(result);
            replace(run -> run.ended(written, resumable, outcome, now));
            parts.keepOnly(saved.parts());
        }
    }

    @Override
    public String location() {
        return store.location() + "/" + name;
    }

    @Override
    public void close() {}

    private synchronized void replace(UnaryOperator<SavedRun> change) throws IOException {
        SavedRun next = change.apply(saved);
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
                    && there.result().equals(next.result())) {
                return stored.get().tag();
            }
        }
        throw new SupersededException("another coordinator has taken over " + location());
    }
}
