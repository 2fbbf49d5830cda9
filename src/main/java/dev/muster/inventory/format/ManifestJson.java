package dev.muster.inventory.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.aws.s3.ObjectKey;
import dev.muster.inventory.format.InventoryManifest.DataFile;
import dev.muster.inventory.format.InventoryManifest.RowRange;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * JSON of a manifest. The fields are those of Amazon S3 Inventory and Muster's own {@code complete}, and for each file
 * {@code rows}, {@code firstBucket}, {@code firstKey}, {@code lastBucket} and {@code lastKey}, with a key that is not
 * UTF-8 in {@code firstKeyBase64} or {@code lastKeyBase64} instead.
 */
public final class ManifestJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "2016-11-30";
    private static final String ARN = "arn:aws:s3:::";
    private static final String BASE64 = "Base64";

    private ManifestJson() {}

    /** Writes a manifest. */
    public static byte[] write(InventoryManifest manifest) {
        ObjectNode root = JSON.createObjectNode();
        root.put("sourceBucket", manifest.sourceBucket());
        if (!manifest.destinationBucket().isEmpty()) {
            root.put("destinationBucket", ARN + manifest.destinationBucket());
        }
        root.put("version", VERSION);
        root.put("creationTimestamp", Long.toString(manifest.createdMillis()));
        root.put("fileFormat", manifest.fileFormat().manifestName());
        root.put("fileSchema", manifest.fileSchema());
        root.put("complete", manifest.complete());
        for (DataFile file : manifest.files()) {
            ObjectNode entry = root.withArray("files").addObject();
            entry.put("key", file.key());
            if (file.size() >= 0) {
                entry.put("size", file.size());
            }
            if (!file.md5().isEmpty()) {
                entry.put("MD5checksum", file.md5());
            }
            if (file.range() != null) {
                entry.put("rows", file.range().rows());
                entry.put("firstBucket", file.range().firstBucket());
                put(entry, "firstKey", file.range().firstKey());
                entry.put("lastBucket", file.range().lastBucket());
                put(entry, "lastKey", file.range().lastKey());
            }
        }
        root.withArray("files");
        return (root.toPrettyString() + "\n").getBytes(UTF_8);
    }

    private static void put(ObjectNode entry, String name, ObjectKey key) {
        if (key.isText()) {
            entry.put(name, key.text());
        } else {
            entry.put(name + BASE64, Base64.getEncoder().encodeToString(key.bytes()));
        }
    }

    /** The MD5 digest of a file in the form of manifests. */
    public static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /**
     * Reads a manifest.
     *
     * @param place location of the manifest, for messages
     * @throws InventoryException if it is no manifest, or of an unsupported kind
     */
    public static InventoryManifest read(byte[] text, String place) throws InventoryException {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (IOException e) {
            String words = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new InventoryException(
                    place + " is no manifest of an inventory: it is no JSON ("
                            + String.valueOf(words).lines().findFirst().orElse("") + ")",
                    e);
        }
        return new Reader(place).manifest(root);
    }

    private record Reader(String place) {
        InventoryManifest manifest(JsonNode root) throws InventoryException {
            InventoryFormat format = format(text(root, "fileFormat"));
            List<DataFile> files = new ArrayList<>();
            JsonNode entries = root.path("files");
            if (!entries.isArray()) {
                throw lacks("files");
            }
            for (JsonNode entry : entries) {
                files.add(file(entry));
            }
            return new InventoryManifest(
                    root.path("sourceBucket").asText(""),
                    root.path("destinationBucket").asText("").replaceFirst("^arn:[^:]*:s3:::", ""),
                    root.path("creationTimestamp").asLong(0),
                    format,
                    text(root, "fileSchema"),
                    root.path("complete").asBoolean(true),
                    files);
        }

        private DataFile file(JsonNode entry) throws InventoryException {
            JsonNode size = entry.path("size");
            if (!size.isMissingNode() && (!size.canConvertToLong() || size.asLong() < 0)) {
                throw new InventoryException(place + " gives a file the size " + size + ", which is none");
            }
            return new DataFile(
                    text(entry, "key"),
                    size.asLong(-1),
                    entry.path("MD5checksum").asText("").toLowerCase(Locale.ROOT),
                    range(entry));
        }

        /** Range of a file by Muster; null for another. */
        private RowRange range(JsonNode entry) throws InventoryException {
            ObjectKey first = key(entry, "firstKey");
            ObjectKey last = key(entry, "lastKey");
            JsonNode rows = entry.path("rows");
            return first == null || last == null || !rows.canConvertToLong()
                    ? null
                    : new RowRange(rows.asLong(), text(entry, "firstBucket"), first, text(entry, "lastBucket"), last);
        }

        private ObjectKey key(JsonNode entry, String name) throws InventoryException {
            if (entry.path(name).isTextual()) {
                return ObjectKey.of(entry.path(name).asText());
            }
            JsonNode bytes = entry.path(name + BASE64);
            try {
                return bytes.isTextual() ? ObjectKey.copyOf(Base64.getDecoder().decode(bytes.asText())) : null;
            } catch (IllegalArgumentException e) {
                throw new InventoryException(place + ": " + name + BASE64 + " is no Base64", e);
            }
        }

        private InventoryFormat format(String name) throws InventoryException {
            for (InventoryFormat format : InventoryFormat.values()) {
                if (format.manifestName().equalsIgnoreCase(name)) {
                    return format;
                }
            }
            throw new InventoryException(
                    place + " is of an inventory in " + name + ", which is not read: have it made in Parquet or CSV");
        }

        private String text(JsonNode node, String name) throws InventoryException {
            JsonNode value = node.path(name);
            if (!value.isTextual() || value.asText().isEmpty()) {
                throw lacks(name);
            }
            return value.asText();
        }

        private InventoryException lacks(String name) {
            return new InventoryException(place + " is no manifest of an inventory: it has no " + name);
        }
    }
}
