package dev.muster.inventory.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.inventory.format.InventoryColumn;
import dev.muster.inventory.format.InventoryCompression;
import dev.muster.inventory.format.InventoryFormat;
import dev.muster.inventory.format.InventoryManifest;
import dev.muster.inventory.format.InventoryManifest.DataFile;
import dev.muster.inventory.format.InventoryManifest.RowRange;
import dev.muster.inventory.format.InventoryRow;
import dev.muster.inventory.format.InventoryWriter;
import dev.muster.inventory.format.ManifestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes inventories for tests: as Muster does, and as Amazon does. */
public final class SampleInventory {
    public static final List<InventoryColumn> ALL = List.of(InventoryColumn.values());

    private SampleInventory() {}

    /** An inventory by Muster of rows in key order, in files of a few rows. Returns its directory. */
    public static Path write(Path directory, InventoryFormat format, List<InventoryRow> rows, int rowsOfFile)
            throws IOException {
        return write(directory, format, rows, rowsOfFile, ALL, true);
    }

    /** The same of some columns, whole or not. */
    public static Path write(
            Path directory,
            InventoryFormat format,
            List<InventoryRow> rows,
            int rowsOfFile,
            List<InventoryColumn> columns,
            boolean complete)
            throws IOException {
        List<DataFile> files = new ArrayList<>();
        Files.createDirectories(directory.resolve("data"));
        for (int from = 0; from < rows.size(); from += rowsOfFile) {
            List<InventoryRow> part = rows.subList(from, Math.min(rows.size(), from + rowsOfFile));
            String name = "data/part-" + files.size() + format.suffix(InventoryCompression.ZSTD);
            Path file = directory.resolve(name);
            try (InventoryWriter writer =
                    InventoryWriter.of(format, columns, InventoryCompression.ZSTD, Files.newOutputStream(file))) {
                for (InventoryRow row : part) {
                    writer.write(row);
                }
            }
            InventoryRow first = part.get(0);
            InventoryRow last = part.get(part.size() - 1);
            files.add(new DataFile(
                    name,
                    Files.size(file),
                    ManifestJson.md5(Files.readAllBytes(file)),
                    new RowRange(part.size(), first.bucket(), first.key(), last.bucket(), last.key())));
        }
        put(
                directory,
                new InventoryManifest(
                        "",
                        "",
                        1_700_000_000_000L,
                        format,
                        InventoryManifest.schema(format, columns),
                        complete,
                        files));
        return directory;
    }

    /** Writes a manifest and its checksum. */
    public static void put(Path directory, InventoryManifest manifest) throws IOException {
        byte[] text = ManifestJson.write(manifest);
        Files.write(directory.resolve(InventoryManifest.FILE), text);
        Files.writeString(directory.resolve(InventoryManifest.CHECKSUM_FILE), ManifestJson.md5(text) + "\n");
    }

    /**
     * A manifest as Amazon writes it, for files that lie beside its directory. Returns it.
     *
     * @param files in the directory of the data
     */
    public static Path amazons(Path directory, String bucket, String format, String schema, List<Path> files)
            throws IOException {
        StringBuilder entries = new StringBuilder();
        for (Path file : files) {
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"key\":\"inventories/")
                    .append(bucket)
                    .append("/daily/data/")
                    .append(file.getFileName())
                    .append("\",\"size\":")
                    .append(Files.size(file))
                    .append(",\"MD5checksum\":\"")
                    .append(ManifestJson.md5(Files.readAllBytes(file)))
                    .append("\"}");
        }
        String text = "{\"sourceBucket\":\"" + bucket
                + "\",\"destinationBucket\":\"arn:aws:s3:::inventories\",\"version\":\"2016-11-30\","
                + "\"creationTimestamp\":\"1514944800000\",\"fileFormat\":\"" + format + "\",\"fileSchema\":\"" + schema
                + "\",\"files\":[" + entries + "]}";
        Path manifest =
                Files.createDirectories(directory.resolve("2018-01-03T00-00Z")).resolve("manifest.json");
        Files.writeString(manifest, text);
        Files.writeString(manifest.resolveSibling("manifest.checksum"), ManifestJson.md5(text.getBytes(UTF_8)));
        return manifest;
    }
}
