package dev.muster.cli;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.checkpoint.CheckpointStore;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest checkpoint of a run that has completed until its report is written too: hours of listing are not lost
 * to a disk that is full at their end. The run goes on from there, and repeats what came after it.
 */
final class UnreportedCheckpoint implements CheckpointStore {
    private static final Logger LOG = LoggerFactory.getLogger(UnreportedCheckpoint.class);

    private final CheckpointStore store;
    private volatile boolean held;
    private boolean needless;

    UnreportedCheckpoint(CheckpointStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    /** Whether a checkpoint of this run, or the one that it went on from, is there. */
    boolean held() {
        return held;
    }

    /** Nobody will want to go on with this run once it is reported. */
    void needless() {
        needless = true;
    }

    /** The report is written: a run that is completed or needless goes without its checkpoint from now on. */
    void reported() {
        if (needless) {
            try {
                store.clear();
            } catch (IOException e) {
                LOG.warn("cannot remove the checkpoint in {}: {}", store.location(), e.getMessage());
            }
        }
    }

    @Override
    public long epoch() {
        return store.epoch();
    }

    @Override
    public Optional<byte[]> load() throws IOException {
        Optional<byte[]> checkpoint = store.load();
        held = checkpoint.isPresent();
        return checkpoint;
    }

    @Override
    public void save(byte[] checkpoint) throws IOException {
        store.save(checkpoint);
        held = true;
    }

    /** Removes what an earlier run has left; what this one holds, it holds until {@link #reported}. */
    @Override
    public void clear() throws IOException {
        if (held) {
            needless = true;
        } else {
            store.clear();
        }
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void close() {
        store.close();
    }
}
