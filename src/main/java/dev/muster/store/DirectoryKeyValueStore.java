package dev.muster.store;

import static java.util.Objects.requireNonNull;

import dev.muster.store.PrivateFiles.DirectoryMaker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Objects as files of a directory that all coordinators share. A write compares and replaces under a lock on a file,
 * held only for that moment, so that a stopped process cannot block the others. Runs may hold contacts, so only the
 * owner may read one, or enter a directory created for them: all coordinators run as the same user.
 */
public final class DirectoryKeyValueStore implements KeyValueStore {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final long LOCK_RETRY_MILLIS = 10;
    /** File locks hold between processes; this holds between the threads of this one. */
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private final Path directory;
    private final Duration lockTimeout;

    /**
     * Opens a directory and creates it if it is missing.
     *
     * @throws IOException if it cannot be created
     */
    public DirectoryKeyValueStore(Path directory) throws IOException {
        this(directory, LOCK_TIMEOUT);
    }

    DirectoryKeyValueStore(Path directory, Duration lockTimeout) throws IOException {
        this.directory = requireNonNull(directory, "directory is null");
        this.lockTimeout = lockTimeout;
        DirectoryMaker.make(directory, PrivateFiles.directory());
    }

    @Override
    public Optional<Stored> read(String name) throws IOException {
        try {
            byte[] content = Files.readAllBytes(directory.resolve(name));
            return Optional.of(new Stored(content, tag(content)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> readHead(String name, int most) throws IOException {
        try (InputStream file = Files.newInputStream(directory.resolve(name))) {
            return Optional.of(file.readNBytes(most));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public String write(String name, byte[] content, Optional<String> expected) throws IOException {
        return locked(() -> {
            if (!read(name).map(Stored::tag).equals(expected)) {
                throw new ConflictException(name + " in " + directory + " was written by another coordinator");
            }
            DirectoryMaker.make(directory.resolve(name).getParent(), PrivateFiles.directory());
            AtomicFile.replace(directory.resolve(name), content, PrivateFiles.file());
            return tag(content);
        });
    }

    @Override
    public List<String> list() throws IOException {
        return names(directory);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        try {
            return names(directory.resolve(folder)).stream()
                    .map(name -> folder + "/" + name)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(AtomicFile.UNFINISHED) && !name.equals("lock"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        if (!file.getParent().equals(directory)) {
            removeIfEmpty(file.getParent());
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // the next one to be deleted may be its last
        }
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public void close() {}

    private interface Action {
        String run() throws IOException;
    }

    /**
     * The lock within the process comes first: on POSIX a process that closes any channel to a file loses all locks that it
     * holds on it.
     */
    private String locked(Action action) throws IOException {
        try {
            if (!WITHIN_PROCESS.tryLock(lockTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooLong("thread");
            }
            try {
                return lockedAmongProcesses(action);
            } finally {
                WITHIN_PROCESS.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the lock in " + directory, e);
        }
    }

    private String lockedAmongProcesses(Action action) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PrivateFiles.file());
                FileLock lock = lock(channel)) {
            if (lock == null) {
                throw tooLong("process");
            }
            return action.run();
        }
    }

    private IOException tooLong(String holder) {
        return new IOException("another " + holder + " has held the lock in " + directory + " for too long");
    }

    /** Null if the lock could not be acquired in time. */
    private FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + lockTimeout.toNanos();
        FileLock lock = channel.tryLock();
        while (lock == null && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOCK_RETRY_MILLIS);
            lock = channel.tryLock();
        }
        return lock;
    }

    private static String tag(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
