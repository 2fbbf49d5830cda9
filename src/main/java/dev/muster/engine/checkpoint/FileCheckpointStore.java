package dev.muster.engine.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps the checkpoint in a directory: {@code checkpoint.json}, replaced by an atomic rename after the new one is on the
 * disk; {@code lock}, held while the store is open, so that a second process is refused; {@code epoch}.
 */
public final class FileCheckpointStore implements CheckpointStore {
    private final Path directory;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final long epoch;

    private FileCheckpointStore(Path directory, FileChannel lockChannel, FileLock lock) throws IOException {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.lock = lock;
        this.epoch = 1 + read(epochFile()).map(FileCheckpointStore::number).orElse(0L);
        replace(epochFile(), Long.toString(epoch).getBytes(US_ASCII));
    }

    /**
     * Opens a directory, which is made if it is missing.
     *
     * @throws IOException with a message for people if it cannot be written or another process has it open
     */
    public static FileCheckpointStore open(Path directory) throws IOException {
        requireNonNull(directory, "directory is null");
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(directory);
            }
            return new FileCheckpointStore(directory, channel, lock);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(directory);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Optional<byte[]> load() throws IOException {
        return read(checkpointFile());
    }

    @Override
    public void save(byte[] checkpoint) throws IOException {
        if (!lock.isValid()) {
            throw new IOException("the checkpoint in " + directory + " is closed");
        }
        replace(checkpointFile(), checkpoint);
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
        try {
            lockChannel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
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

    private static long number(byte[] digits) {
        try {
            return Long.parseLong(new String(digits, US_ASCII).trim());
        } catch (NumberFormatException e) {
            return 0; // an empty file left by a full disk
        }
    }

    private void replace(Path target, byte[] content) throws IOException {
        Path fresh = directory.resolve(target.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory();
    }

    /** Makes the rename itself durable where the system lets a directory be synced. */
    private void syncDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows has no such thing; there the rename is durable by itself.
        }
    }

    private static IOException inUse(Path directory) {
        return new IOException("another muster process is using " + directory);
    }
}
