package dev.muster.cli.run;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.CheckpointStore;
import dev.muster.store.FileCheckpointStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest checkpoint of a completed run until its report is written: hours of listing are not lost to a full
 * disk at the end. A resumed run continues from there, and repeats what came after it.
 *
 * <p>If asked to, leaves the checkpoint of an earlier run in place for a while: users who learn only now that there is
 * one still have time to stop and resume it. What this run does in that time cannot be resumed.
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

    /** Tells whether a run can be resumed from this store at all. */
    boolean lasting() {
        return store instanceof FileCheckpointStore;
    }

    /** Tells whether an earlier run has left a checkpoint; must be called before this run begins. */
    boolean ofEarlierRun() {
        try {
            Optional<InputStream> earlier = store.load();
            if (earlier.isPresent()) {
                earlier.get().close();
            }
            return earlier.isPresent();
        } catch (IOException e) {
            LOG.debug("an earlier checkpoint cannot be read", e);
            return false;
        }
    }

    /** Tells whether an earlier run was stopped, as by {@code kill -9}, before it had a checkpoint. */
    boolean ofRunWithoutCheckpoint() {
        return lasting() && store.epoch() > 1 && !ofEarlierRun();
    }

    /** Removes the checkpoint, such as one of an earlier run of whose results nothing is left. */
    void remove() {
        try {
            store.clear();
        } catch (IOException e) {
            LOG.warn("cannot remove the checkpoint in {}: {}", store.location(), e.getMessage());
        }
    }

    /** Keeps the existing checkpoint of an earlier run for a while. */
    public void spareEarlier() {
        sparing = true;
    }

    /** Tells whether the checkpoint is still that of an earlier run that this one has not resumed. */
    public boolean sparing() {
        return sparing;
    }

    /** Tells whether there is a checkpoint of this run, or the one that it resumed. */
    public boolean held() {
        return held;
    }

    /** Notes that nobody will want to resume this run once it is reported. */
    void needless() {
        needless = true;
    }

    /** Notes that the report is written: removes the checkpoint of a run that is completed or not worth resuming. */
    void reported() {
        if (needless) {
            remove();
        }
    }

    @Override
    public long epoch() {
        return store.epoch();
    }

    @Override
    public Optional<InputStream> load() throws IOException {
        Optional<InputStream> checkpoint = store.load();
        held = checkpoint.isPresent();
        return checkpoint;
    }

    @Override
    public void save(Content checkpoint) throws IOException {
        if (sparing && nanoTime.getAsLong() - begunAt < SPARED.toNanos()) {
            return;
        }
        store.save(checkpoint);
        sparing = false;
        held = true;
    }

    /**
     * Removes what an earlier run has left; a checkpoint that this run holds or spares stays until {@link #reported}.
     */
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
