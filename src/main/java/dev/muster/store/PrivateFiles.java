package dev.muster.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Attributes of files and directories that nobody but their owner may read, as they hold data such as names of keys. On
 * systems without such permissions, such as Windows, the permissions of the directory above apply.
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

    /** Creates directories that may exist already. */
    public static final class DirectoryMaker {
        private DirectoryMaker() {}

        /** Creates a directory and those above it. One that exists may be a link, which {@link Files} would refuse. */
        public static void make(Path directory, FileAttribute<?>... attributes) throws IOException {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, attributes);
            }
        }
    }
}
