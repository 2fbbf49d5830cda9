package dev.muster.inventory.source;

import dev.muster.inventory.format.InventoryManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Location of an inventory. */
public interface InventoryFiles {
    /** Location of the manifest, for messages. */
    String place();

    /** Content of the manifest. */
    byte[] manifest() throws IOException;

    /** Content of the file with the manifest's digest; empty if there is none. */
    Optional<byte[]> checksum() throws IOException;

    /**
     * Provides a data file on this machine.
     *
     * @throws IOException if it is missing or cannot be fetched; the message says why
     */
    LocalCopy fetch(InventoryManifest manifest, InventoryManifest.DataFile file) throws IOException;

    /**
     * A file on this machine.
     *
     * @param place origin of the file, for messages
     * @param temporary whether it is to be deleted after reading
     */
    record LocalCopy(Path path, String place, boolean temporary) {}
}
