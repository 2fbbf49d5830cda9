package dev.muster.store;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.CheckpointStore;
import dev.muster.engine.CheckpointStore.SupersededException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Keeps the checkpoint in this process only: for tests, and for runs that nobody wants to resume. */
public final class MemoryCheckpointStore implements CheckpointStore {
    /** Memory that the stores of one run share, and that outlives each of them. */
    public static final class Memory {
        private long newestEpoch;
        private byte[] checkpoint;
    }

    private final Memory memory;
    private final long epoch;

    /** Opens the store; the one opened before on the same memory can no longer write. */
    public MemoryCheckpointStore(Memory memory) {
        this.memory = requireNonNull(memory, "memory is null");
        synchronized (memory) {
            epoch = ++memory.newestEpoch;
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Optional<InputStream> load() {
        synchronized (memory) {
            return Optional.ofNullable(memory.checkpoint).map(ByteArrayInputStream::new);
        }
    }

    @Override
    public void save(Content checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        checkpoint.writeTo(bytes);
        replace(bytes.toByteArray());
    }

    @Override
    public void clear() throws IOException {
        replace(null);
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public void close() {}

    private void replace(byte[] checkpoint) throws IOException {
        synchronized (memory) {
            if (epoch != memory.newestEpoch) {
                throw new SupersededException("another run has taken over this checkpoint");
            }
            memory.checkpoint = checkpoint;
        }
    }
}
