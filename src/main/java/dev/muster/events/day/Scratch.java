package dev.muster.events.day;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory in which merges have folders of their own. */
public record Scratch(Path directory) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    public Scratch {
        requireNonNull(directory, "directory is null");
    }

    /** A new directory below the given one, or below the system's temporary directory where that is empty. */
    public static Scratch below(String parent) throws IOException {
        return new Scratch(
                parent.isEmpty()
                        ? Files.createTempDirectory("muster-events-")
                        : Files.createTempDirectory(Files.createDirectories(Path.of(parent)), "muster-events-"));
    }

    Path newFolder() throws IOException {
        return Files.createTempDirectory(directory, "merge-");
    }

    /** Deletes what it can: a merge that is cut off by a stop may still be writing, and files left over harm nobody. */
    void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("cannot delete {}", folder, e);
        }
    }

    @Override
    public void close() {
        delete(directory);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
