package dev.muster.inventory.source;

import dev.muster.inventory.format.InventoryManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Place where an inventory lies. */
public interface InventoryFiles {
    /** The manifest's place, for people. */
    String place();

    /** Content of the manifest. */
    byte[] manifest() throws IOException;

    /** Content of the file with the manifest's digest; empty if there is none. */
    Optional<byte[]> checksum() throws IOException;

    /**
     * A data file, on this machine.
     *
     * @throws IOException in words for people if it is missing or cannot be had
     */
    LocalCopy fetch(InventoryManifest manifest, InventoryManifest.DataFile file) throws IOException;

    /**
     * A file on this machine.
     *
     * @param place where it comes from, for people
     * @param temporary whether it is to be deleted once it was read
     */
    record LocalCopy(Path path, String place, boolean temporary) {}
}
