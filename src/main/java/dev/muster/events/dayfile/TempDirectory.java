package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import dev.muster.store.PrivateFiles.DirectoryMaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directory in which each merge has a folder of its own while it runs: between merges there is nothing that could be
 * cleaned up by others or left over.
 */
public final class TempDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TempDirectory.class);

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path directory;
    private final Set<Path> folders = ConcurrentHashMap.newKeySet();

    TempDirectory(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /**
     * A directory for folders in the given one, or in the system's temporary one if that is empty; in memory where that is
     * read-only, as in a container.
     *
     * @throws IOException if none can be created there
     */
    public static TempDirectory in(String directory) throws IOException {
        TempDirectory tempDirectory = new TempDirectory(
                directory.isEmpty() ? usual(System.getProperty("java.io.tmpdir"), MEMORY) : Path.of(directory));
        tempDirectory.delete(tempDirectory.newFolder());
        return tempDirectory;
    }

    static Path usual(String directory, Path otherwise) {
        Path usual = Path.of(directory);
        return !Files.isWritable(usual) && Files.isWritable(otherwise) ? otherwise : usual;
    }

    Path newFolder() throws IOException {
        DirectoryMaker.make(directory);
        Path folder = Files.createTempDirectory(directory, "muster-events-");
        folders.add(folder);
        return folder;
    }

    /** Deletes what it can: a merge that is cut off by a stop may still be writing, and leftover files do no harm. */
    void delete(Path folder) {
        folders.remove(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("cannot delete {}", folder, e);
        }
    }

    /** Deletes the folders of merges that have not ended. */
    @Override
    public void close() {
        folders.forEach(this::delete);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
