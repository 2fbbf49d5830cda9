package dev.muster.audit.profile;

import dev.muster.store.PrivateFiles;
import dev.muster.store.PrivateFiles.DirectoryMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory of small files that may be lost at any time. Only the user may read them, as names of keys are data. A
 * file is replaced whole; of two processes that write the same one, the later wins.
 */
final class ProfileDirectory {
    static final int MOST_FILES = 256;
    static final int MOST_BYTES = 1 << 20;

    private static final String SUFFIX = ".json";
    private static final String UNFINISHED = ".new";

    private final Path directory;

    ProfileDirectory(Path directory) {
        this.directory = directory;
    }

    /** @throws IOException also for a file larger than any that is written here */
    Optional<byte[]> read(String name) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it is larger than " + MOST_BYTES + " bytes");
        }
        return Optional.of(Files.readAllBytes(file));
    }

    void write(String name, byte[] content) throws IOException {
        DirectoryMaker.make(directory, PrivateFiles.directory());
        Path fresh = Files.createTempFile(directory, name, UNFINISHED); // which only the owner may read
        try {
            Files.write(fresh, content);
            Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** Deletes the oldest files, including those left over by a crash, when there are too many. */
    void prune() throws IOException {
        record Aged(Path file, FileTime written) {}
        List<Aged> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(ProfileDirectory::own).toList()) {
                try {
                    all.add(new Aged(file, Files.getLastModifiedTime(file)));
                } catch (NoSuchFileException e) {
                    // Another process has finished or deleted it.
                }
            }
        }
        all.sort(Comparator.comparing(Aged::written));
        for (Aged old : all.subList(0, Math.max(0, all.size() - MOST_FILES))) {
            Files.deleteIfExists(old.file);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    private static boolean own(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) || name.endsWith(UNFINISHED);
    }
}
