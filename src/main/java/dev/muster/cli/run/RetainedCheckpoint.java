package dev.muster.cli.run;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.CheckpointStore;
import dev.muster.store.FileCheckpointStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest checkpoint of a run that has completed until its report is written too: hours of listing are not lost
 * to a disk that is full at their end. The run goes on from there, and repeats what came after it.
 *
 * <p>Leaves the checkpoint of an earlier run in place for a while where it is asked to: whoever learns only now that there
 * is one still has the time to stop and go on with it. What a run does in that time cannot be resumed.
 */
public final class RetainedCheckpoint implements CheckpointStore {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedCheckpoint.class);

    /** Enough to read a line, think about it, and press Ctrl-C. */
    private static final Duration SPARED = Duration.ofMinutes(1);

    private final CheckpointStore store;
    private final LongSupplier nanoTime;
    private final long begunAt;
    private volatile boolean held;
    private volatile boolean sparing;
    private boolean needless;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    public RetainedCheckpoint(CheckpointStore store, LongSupplier nanoTime) {
        this.store = requireNonNull(store, "store is null");
        this.nanoTime = nanoTime;
        this.begunAt = nanoTime.getAsLong();
    }

    /** Tells whether a run can be resumed at all from what is kept here. */
    boolean lasting() {
        return store instanceof FileCheckpointStore;
    }

    /** Tells whether an earlier run has left a checkpoint; to be asked before this run begins. */
    boolean ofEarlierRun() {
        try {
            return store.load().isPresent();
        } catch (IOException e) {
            LOG.debug("an earlier checkpoint cannot be read", e);
            return false;
        }
    }

    /** The checkpoint that is there is an earlier run's, and is not to be replaced at once. */
    public void spareEarlier() {
        sparing = true;
    }

    /** Tells whether what is there is still the checkpoint of an earlier run that this one has not resumed. */
    public boolean sparing() {
        return sparing;
    }

    /** Tells whether a checkpoint of this run, or the one that it resumed, is there. */
    public boolean held() {
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
        if (sparing && nanoTime.getAsLong() - begunAt < SPARED.toNanos()) {
            return;
        }
        store.save(checkpoint);
        sparing = false;
        held = true;
    }

    /** Removes what an earlier run has left; what this one holds or spares, stays until {@link #reported}. */
    @Override
    public void clear() throws IOException {
        if (held || sparing) {
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
