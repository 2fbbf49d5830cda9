package dev.muster.store;

import dev.muster.engine.CheckpointStore.Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** Replaces files so that a crash at any moment leaves either the old content or the new one, whole. */
final class AtomicFile {
    /** Suffix of files that are not finished. */
    static final String UNFINISHED = ".new";

    private static final int BUFFER = 64 * 1024;

    private AtomicFile() {}

    /**
     * Replaces a file; on return the new content is on the disk. There must be one writer at a time.
     *
     * @param attributes of the new file
     */
    static void replace(Path target, byte[] content, FileAttribute<?>... attributes) throws IOException {
        replace(target, out -> out.write(content), attributes);
    }

    /** Likewise, with content that need not fit into memory. */
    static void replace(Path target, Content content, FileAttribute<?>... attributes) throws IOException {
        Path fresh = unfinished(target);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                attributes)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(target.toAbsolutePath().getParent());
    }

    /** Deletes a file if it exists, and any unfinished content that a failed or interrupted write has left. */
    static void delete(Path target) throws IOException {
        Files.deleteIfExists(target);
        Files.deleteIfExists(unfinished(target));
    }

    private static Path unfinished(Path target) {
        return target.resolveSibling(target.getFileName() + UNFINISHED);
    }

    /** Makes the rename itself durable where the system lets a directory be synced. */
    private static void syncDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot sync a directory; there the rename is durable by itself.
        }
    }
}
