package dev.muster.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/** Makes directories that may be there already. */
public final class DirectoryMaker {
    private DirectoryMaker() {}

    /** Makes a directory and those above it; one that is there may be a link, which {@link Files} would refuse. */
    public static void make(Path directory, FileAttribute<?>... attributes) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, attributes);
        }
    }
}
