package dev.muster.inventory.dataset;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Dataset in a directory. Names of unfinished files end in {@code .new}. */
public final class DirectoryStore implements DatasetStore {
    private static final String UNFINISHED = ".new";

    private final Path directory;

    /** A store in a directory, which is created with its first file. */
    public DirectoryStore(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    private interface Action<A> {
        A run() throws IOException;
    }

    @Override
    public CompletableFuture<Void> write(String name, byte[] content) {
        return CompletableFuture.completedFuture(attempt("write", name, () -> {
            Path unfinished = scratch(name);
            try {
                Files.createDirectories(unfinished.getParent());
                try (FileChannel channel = FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
                    ByteBuffer buffer = ByteBuffer.wrap(content);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.force(false);
                }
                move(unfinished, directory.resolve(name));
            } finally {
                Files.deleteIfExists(unfinished);
            }
            return null;
        }));
    }

    @Override
    public Path scratch(String name) {
        return directory.resolve(name + UNFINISHED);
    }

    @Override
    public CompletableFuture<Void> write(String name, Path scratch) {
        return CompletableFuture.completedFuture(attempt("write", name, () -> {
            try (FileChannel channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            move(scratch, directory.resolve(name));
            return null;
        }));
    }

    @Override
    public byte[] read(String name) {
        return attempt("read", name, () -> Files.readAllBytes(directory.resolve(name)));
    }

    @Override
    public List<String> list(String folder) {
        return attempt("list", folder, () -> {
            try (Stream<Path> files = Files.list(directory.resolve(folder))) {
                return files.map(file -> file.getFileName().toString()).sorted().toList();
            } catch (NoSuchFileException e) {
                return List.of();
            }
        });
    }

    @Override
    public void rename(String from, String to) {
        attempt("write", to, () -> {
            Files.createDirectories(directory.resolve(to).getParent());
            move(directory.resolve(from), directory.resolve(to));
            return null;
        });
    }

    @Override
    public void delete(String name) {
        attempt("delete", name, () -> {
            try {
                return Files.deleteIfExists(directory.resolve(name));
            } catch (DirectoryNotEmptyException e) {
                return false; // a late task has written another file
            }
        });
    }

    @Override
    public void sweep(String folder) {
        list(folder).forEach(name -> delete(folder + name));
        delete(folder);
    }

    @Override
    public String bucket() {
        return "";
    }

    @Override
    public String keyPrefix() {
        return "";
    }

    @Override
    public String uri(String name) {
        return directory.toAbsolutePath().resolve(name).toUri().toString();
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public void close() {}

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private <A> A attempt(String verb, String name, Action<A> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw failure(verb, directory.resolve(name), e);
        }
    }

    /** Failure of the whole store, as any problem of a file concerns the directory, which is the run's own. */
    public static TaskException failure(String verb, Path file, IOException e) {
        String reason = reason(e);
        String remedy = reason.contains("space") || reason.contains("quota")
                ? "; free space there"
                : "; check the directory, or give another one";
        return new TaskException(
                new Failure(Failure.Kind.UNFIT, "OutputFailed", verb + " " + file + " failed: " + reason + remedy), e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
    }
}
