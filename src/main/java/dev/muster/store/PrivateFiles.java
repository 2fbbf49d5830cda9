package dev.muster.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Attributes of files and directories that nobody but their owner may read, as they hold data such as names of keys. Where
 * the system knows no such permissions, as Windows, what the directory above says is in force.
 */
public final class PrivateFiles {
    private PrivateFiles() {}

    public static FileAttribute<?>[] file() {
        return permissions("rw-------");
    }

    public static FileAttribute<?>[] directory() {
        return permissions("rwx------");
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes directories that may be there already. */
    public static final class DirectoryMaker {
        private DirectoryMaker() {}

        /** Makes a directory and those above it; one that is there may be a link, which {@link Files} would refuse. */
        public static void make(Path directory, FileAttribute<?>... attributes) throws IOException {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, attributes);
            }
        }
    }
}
