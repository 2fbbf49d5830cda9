package dev.muster.inventory.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryException;
import dev.muster.inventory.format.InventoryManifest;
import dev.muster.inventory.format.InventoryManifest.DataFile;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.ManifestJson;
import dev.muster.inventory.format.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Rows of an inventory, file by file in the manifest's order. A file is read only once its size, its digest and then the
 * number of its rows are found to be those of the manifest, as far as that tells them.
 */
public final class InventoryReader implements RowReader {
    private final InventoryFiles files;
    private final InventoryManifest manifest;
    private final Set<InventoryColumn> columns;
    private final Iterator<DataFile> left;
    private DataFile file;
    private InventoryFiles.LocalCopy copy;
    private RowReader reader;
    private long rowsOfFile;

    /**
     * Opens an inventory.
     *
     * @param columns the others are null in every row, but for the bucket and the key
     * @throws InventoryException if it is none that can be read
     */
    public InventoryReader(InventoryFiles files, Set<InventoryColumn> columns) throws IOException {
        this.files = files;
        this.columns = Set.copyOf(columns);
        byte[] text = files.manifest();
        Optional<byte[]> digest = files.checksum();
        if (digest.isPresent()
                && !new String(digest.get(), US_ASCII)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals(ManifestJson.md5(text))) {
            throw new InventoryException("the manifest " + files.place()
                    + " is not the one that its manifest.checksum is of: fetch both again");
        }
        this.manifest = ManifestJson.read(text, files.place());
        this.left = manifest.files().iterator();
        Set<String> keys = new HashSet<>();
        for (DataFile named : manifest.files()) {
            if (!keys.add(named.key())) {
                throw new InventoryException("the manifest " + files.place() + " names the file " + named.key()
                        + " twice: its rows would count twice");
            }
        }
    }

    public InventoryManifest manifest() {
        return manifest;
    }

    @Override
    public InventoryRow next() throws IOException {
        while (true) {
            if (reader == null) {
                if (!left.hasNext()) {
                    return null;
                }
                open(left.next());
            }
            InventoryRow row = reader.next();
            if (row != null) {
                rowsOfFile++;
                return row;
            }
            if (file.range() != null && file.range().rows() != rowsOfFile) {
                throw lie(
                        "has " + rowsOfFile + " rows instead of " + file.range().rows());
            }
            close();
        }
    }

    /**
     * Reads all rows.
     *
     * @param progress takes the number of rows so far
     */
    public void forEach(Consumer<InventoryRow> action, LongConsumer progress) throws IOException {
        long count = 0;
        for (InventoryRow row = next(); row != null; row = next()) {
            action.accept(row);
            progress.accept(++count);
        }
    }

    private void open(DataFile next) throws IOException {
        file = next;
        copy = files.fetch(manifest, file);
        long size = Files.size(copy.path());
        if (file.size() >= 0 && file.size() != size) {
            throw lie("has " + size + " bytes instead of " + file.size());
        }
        if (!file.md5().isEmpty() && !file.md5().equals(md5())) {
            throw lie("has another MD5 digest");
        }
        rowsOfFile = 0;
        reader = RowReader.of(copy.path(), copy.place(), manifest, columns);
    }

    private InventoryException lie(String fact) {
        return new InventoryException("the file " + copy.place() + " " + fact + ", against the manifest "
                + files.place() + ": it is damaged, " + "or of another inventory");
    }

    private String md5() throws IOException {
        try (InputStream in =
                new DigestInputStream(Files.newInputStream(copy.path()), MessageDigest.getInstance("MD5"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (RowReader open = reader) {
            reader = null;
        } finally {
            if (copy != null && copy.temporary()) {
                Files.deleteIfExists(copy.path());
            }
            copy = null;
        }
    }
}
