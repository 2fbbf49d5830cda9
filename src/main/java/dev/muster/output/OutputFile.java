package dev.muster.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;
import java.util.UUID;

/**
 * A report's file. Its content appears all at once: it is written to a temporary file beside it, forced to the disk and
 * renamed, so that a crash leaves the former report or the new one, never half of one. What is not a regular file (a
 * pipe, a device) is written to directly.
 */
public final class OutputFile {
    /** Writes a report's text. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Appendable out) throws IOException;
    }

    private final Path path;
    private final FileAttribute<?>[] attributes;

    /**
     * A report's file.
     *
     * @param attributes of the file, such as its permissions; without any, the permissions of a former report stay
     */
    public OutputFile(Path path, FileAttribute<?>... attributes) {
        this.path = path;
        this.attributes = attributes.clone();
    }

    /**
     * Checks before a long run whether its report could be written, by creating and deleting a file beside it.
     *
     * @throws OutputFileException names the path, the reason and the remedy
     */
    public void check() {
        try {
            Path target = target();
            if (isReplaceable(target)) {
                Path temporary = temporaryBeside(target);
                Files.createFile(temporary);
                Files.delete(temporary);
            } else if (!Files.isWritable(target)) {
                throw new AccessDeniedException(target.toString());
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Writes the report as UTF-8.
     *
     * @throws OutputFileException names the path, the reason and the remedy; a former report stays unchanged
     */
    public void write(Content content) {
        try {
            Path target = target();
            if (isReplaceable(target)) {
                replace(target, content);
            } else {
                fill(target, content, StandardOpenOption.WRITE);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Tells whether both are the same file, whatever the paths, so that the later report would replace the earlier one.
     * A device or pipe, which is written to directly, can take both.
     *
     * @throws OutputFileException if there cannot be a file with this path
     */
    public boolean isSameAs(OutputFile other) {
        try {
            Path target = target();
            return isReplaceable(target) && target.equals(other.target());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Follows symbolic links, so that a link stays one; but a pipe behind {@code /dev/stdout} has no other path. */
    private Path target() throws IOException {
        Path absolute = path.toAbsolutePath();
        if (Files.isRegularFile(absolute) || Files.isDirectory(absolute)) {
            return absolute.toRealPath();
        }
        return Files.exists(absolute)
                ? absolute
                : absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }

    private static boolean isReplaceable(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString());
        }
        return Files.isRegularFile(target) || !Files.exists(target);
    }

    private static Path temporaryBeside(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /**
     * The file that {@link #publish} replaces, with links resolved; empty for what is written to directly.
     *
     * @throws OutputFileException if there cannot be a file of this path
     */
    public Optional<Path> replaced() {
        try {
            Path target = target();
            return isReplaceable(target) ? Optional.of(target) : Optional.empty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Replaces the report by a finished file, which is beside it and forced to the disk.
     *
     * @throws OutputFileException names the path, the reason and the remedy; a former report is left as it was
     */
    public void publish(Path finished) {
        try {
            move(finished, target());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void replace(Path target, Content content) throws IOException {
        Path temporary = temporaryBeside(target);
        try {
            Files.createFile(temporary, attributes);
            fill(temporary, content, StandardOpenOption.WRITE);
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void move(Path finished, Path target) throws IOException {
        if (attributes.length == 0) {
            keepPermissions(target, finished);
        }
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(target);
    }

    private static void fill(Path file, Content content, StandardOpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options);
                Writer writer = new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), UTF_8))) {
            content.writeTo(writer);
            writer.flush();
            if (Files.isRegularFile(file)) {
                channel.force(true);
            }
        }
    }

    private static void keepPermissions(Path target, Path temporary) throws IOException {
        if (Files.exists(target) && Files.getFileStore(target).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(target));
        }
    }

    /** Makes the rename durable. Systems that cannot open a directory (Windows) need no such thing. */
    private static void forceDirectory(Path target) {
        try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // The report is in place; only its survival of a power failure is less certain.
        }
    }

    private OutputFileException failure(IOException cause) {
        String reason;
        if (Files.isDirectory(path)) {
            reason = "it is a directory: choose another path";
        } else if (cause instanceof NoSuchFileException) {
            reason = "its directory does not exist: create it, or choose another path";
        } else if (cause instanceof AccessDeniedException) {
            reason = "permission denied: choose a path that you may write to";
        } else {
            String words = words(cause);
            reason = words + ": choose another path" + (words.contains("space") ? ", or free space there" : "");
        }
        return new OutputFileException("cannot write to " + path + ": " + reason, cause);
    }

    /** The system's reason, without the temporary file's name. */
    private static String words(IOException cause) {
        return cause instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(cause.getMessage());
    }

    /** A report could not be written to its file. The message says why and what to do. */
    public static final class OutputFileException extends RuntimeException {
        OutputFileException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
