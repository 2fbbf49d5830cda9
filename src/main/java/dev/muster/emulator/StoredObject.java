package dev.muster.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.emulator.keys.StorageClass;
import dev.muster.emulator.server.Blob;
import java.time.Instant;

/**
 * One version of an object as an estate describes it. Several with the same key are its versions, the oldest first.
 *
 * @param modified whole seconds matter to S3
 * @param deleteMarker whether this version says that the object is deleted; it has no content then
 */
public record StoredObject(
        String key, Blob content, Instant modified, StorageClass storageClass, boolean deleteMarker) {
    public StoredObject {
        requireNonNull(key, "key is null");
        requireNonNull(content, "content is null");
        requireNonNull(modified, "modified is null");
        requireNonNull(storageClass, "storageClass is null");
    }

    /** An object of which only the size is known; its content reads as zeros. */
    public static StoredObject ofSize(String key, long bytes, Instant modified, StorageClass storageClass) {
        return new StoredObject(key, new Blob.Zeros(bytes), modified, storageClass, false);
    }

    public static StoredObject ofText(String key, String text, Instant modified) {
        return new StoredObject(key, Blob.of(text.getBytes(UTF_8)), modified, StorageClass.STANDARD, false);
    }

    public static StoredObject deleteMarker(String key, Instant modified) {
        return new StoredObject(key, Blob.EMPTY, modified, StorageClass.STANDARD, true);
    }
}
