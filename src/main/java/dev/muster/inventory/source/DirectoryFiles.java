package dev.muster.inventory.source;

import dev.muster.inventory.format.InventoryException;
import dev.muster.inventory.format.InventoryManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Inventory in a directory. Data files are searched below the manifest's directory and its parent, as Amazon puts them
 * beside it, by as much of their keys as exists as a path.
 */
public final class DirectoryFiles implements InventoryFiles {
    private final Path manifest;

    /** @param path the path of the manifest, or of the directory with a {@code manifest.json} */
    public DirectoryFiles(Path path) {
        this.manifest = (Files.isDirectory(path) ? path.resolve(InventoryManifest.FILE) : path).toAbsolutePath();
    }

    @Override
    public String place() {
        return manifest.toString();
    }

    @Override
    public byte[] manifest() throws IOException {
        if (!Files.isRegularFile(manifest)) {
            throw new InventoryException("there is no inventory at " + manifest
                    + ": give the manifest.json of one, or the directory that holds it");
        }
        return Files.readAllBytes(manifest);
    }

    @Override
    public Optional<byte[]> checksum() throws IOException {
        Path file = manifest.resolveSibling(InventoryManifest.CHECKSUM_FILE);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    public LocalCopy fetch(InventoryManifest inventory, InventoryManifest.DataFile file) throws IOException {
        Path directory = manifest.getParent();
        try {
            Path key = Path.of(file.key().replaceFirst("^/+", "")).normalize();
            for (int from = 0; from < key.getNameCount() && !key.startsWith(".."); from++) {
                Path rest = key.subpath(from, key.getNameCount());
                for (Path base = directory; base != null; base = base.equals(directory) ? base.getParent() : null) {
                    Path found = base.resolve(rest);
                    if (Files.isRegularFile(found)) {
                        return new LocalCopy(found, found.toString(), false);
                    }
                }
            }
        } catch (InvalidPathException e) {
            throw new InventoryException(place() + " names the file \"" + file.key() + "\", which cannot be one", e);
        }
        throw new InventoryException("the inventory " + place() + " lacks its file " + file.key()
                + ": it is neither below " + directory + " nor beside it");
    }
}
