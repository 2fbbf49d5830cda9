package dev.muster.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.muster.engine.CheckpointStore;
import dev.muster.store.PrivateFiles.DirectoryMaker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the checkpoint in a directory: {@code checkpoint.json}, replaced by an atomic rename after the new one is on
 * the disk; {@code lock}, held while the store is open, so that a second process is refused; {@code epoch}. A store
 * that is closed without a checkpoint removes its files, so a run that has ended leaves nothing behind. Checkpoints
 * hold names of keys, so only the owner may read one, or enter a directory created for it.
 */
public final class FileCheckpointStore implements CheckpointStore {
    /** Leases number from an epoch times 2 to the 40 on, in 63 bits. */
    private static final long MOST_EPOCHS = 1 << 22;

    private final Path directory;
    private final boolean own;
    private final DirectoryLock lock;
    private final long epoch;

    private FileCheckpointStore(Path directory, boolean own, DirectoryLock lock) throws IOException {
        this.directory = directory;
        this.own = own;
        this.lock = lock;
        this.epoch = 1 + read(epochFile()).map(FileCheckpointStore::number).orElse(0L);
        AtomicFile.replace(epochFile(), Long.toString(epoch).getBytes(US_ASCII));
    }

    /**
     * Opens a directory and creates it if it is missing.
     *
     * @throws IOException if it cannot be written or another process has it open; the message says which, and what to
     *     do
     */
    public static FileCheckpointStore open(Path directory) throws IOException {
        return open(directory, false);
    }

    /** Opens a directory of the store's own, which is removed together with the last file in it. */
    public static FileCheckpointStore openOwn(Path directory) throws IOException {
        return open(directory, true);
    }

    private static FileCheckpointStore open(Path directory, boolean own) throws IOException {
        requireNonNull(directory, "directory is null");
        DirectoryMaker.make(directory, PrivateFiles.directory());
        DirectoryLock lock = DirectoryLock.acquire(directory)
                .orElseThrow(() -> new IOException("another muster process is using it"));
        try {
            return new FileCheckpointStore(directory, own, lock);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Optional<InputStream> load() throws IOException {
        try {
            return Optional.of(Files.newInputStream(checkpointFile()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void save(Content checkpoint) throws IOException {
        if (!lock.held()) {
            throw new IOException("the checkpoint in " + directory + " is closed");
        }
        AtomicFile.replace(checkpointFile(), checkpoint, PrivateFiles.file());
    }

    @Override
    public void clear() throws IOException {
        Files.deleteIfExists(checkpointFile());
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public void close() {
        if (lock.held() && !Files.exists(checkpointFile())) {
            removeLitter();
        }
        lock.close();
    }

    /**
     * Removes leftover files, only under the lock; the lock's file is last, as another process may take the lock from
     * then on.
     */
    private void removeLitter() {
        try {
            AtomicFile.delete(checkpointFile());
            AtomicFile.delete(epochFile());
            lock.delete();
            if (own) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            // Other files are in there, or another process has started meanwhile: the directory is theirs.
        }
    }

    private Path checkpointFile() {
        return directory.resolve("checkpoint.json");
    }

    private Path epochFile() {
        return directory.resolve("epoch");
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** An epoch that nobody can have reached is of a damaged file, as is an empty one, which a full disk leaves. */
    private static long number(byte[] digits) {
        String text = new String(digits, US_ASCII).trim();
        long epoch = text.matches("\\d{1,7}") ? Long.parseLong(text) : 0;
        return epoch > MOST_EPOCHS ? 0 : epoch;
    }
}
