package dev.muster.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.store.PrivateFiles.DirectoryMaker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive use of a directory, by a lock on the file {@code lock} in it.
 *
 * <p>The file may be deleted by its holder. A process that had opened it before would then lock a file that nobody else
 * can see, beside another process with a new one; so a process that has the lock writes a mark, and holds the directory
 * only if the mark can be read under the file's name.
 *
 * <p>POSIX takes a process's lock away when the process closes any descriptor of the file. So the descriptor that read
 * the mark stays open as long as the lock, and a second holder in this process is refused before it opens the file.
 */
final class DirectoryLock implements AutoCloseable {
    private static final int ATTEMPTS = 20;
    /** Far beyond the mark: on some systems locked bytes cannot be read. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel locked;
    private FileChannel witness;

    private DirectoryLock(Path file, FileChannel locked) {
        this.file = file;
        this.locked = locked;
    }

    /**
     * Locks a directory and creates it if it is missing.
     *
     * @return empty if someone else holds it
     * @throws IOException if the file cannot be written
     */
    static Optional<DirectoryLock> acquire(Path directory) throws IOException {
        Path file = directory.toAbsolutePath().normalize().resolve("lock");
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        Optional<DirectoryLock> lock = Optional.empty();
        try {
            for (int attempt = 1; attempt <= ATTEMPTS && lock.isEmpty(); attempt++) {
                lock = attempt(file);
            }
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD_HERE.remove(file);
            }
        }
    }

    boolean held() {
        return locked.isOpen();
    }

    /** Deletes the lock's file; the next process creates a new one. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() {
        if (locked.isOpen()) {
            closeChannels();
            HELD_HERE.remove(file);
        }
    }

    private static Optional<DirectoryLock> attempt(Path file) throws IOException {
        DirectoryMaker.make(file.getParent());
        DirectoryLock lock;
        try {
            lock = new DirectoryLock(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // the directory was deleted right after it was created
        }
        boolean holds = false;
        try {
            holds = lock.locked.tryLock(LOCKED_BYTE, 1, false) != null && lock.isCurrent();
            return holds ? Optional.of(lock) : Optional.empty();
        } finally {
            if (!holds) {
                lock.closeChannels();
            }
        }
    }

    private boolean isCurrent() throws IOException {
        ByteBuffer mark = ByteBuffer.wrap(UUID.randomUUID().toString().getBytes(US_ASCII));
        locked.truncate(0);
        locked.write(mark.duplicate(), 0);
        try {
            witness = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return false;
        }
        ByteBuffer read = ByteBuffer.allocate(mark.capacity());
        witness.read(read, 0);
        return read.flip().equals(mark);
    }

    private void closeChannels() {
        try (FileChannel first = witness;
                FileChannel second = locked) {
            // The lock ends here, or with the process at the latest.
        } catch (IOException e) {
            // Both are closed all the same.
        }
    }
}
