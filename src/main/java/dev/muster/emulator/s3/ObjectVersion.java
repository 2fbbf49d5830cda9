package dev.muster.emulator.s3;

import dev.muster.emulator.keys.StorageClass;
import dev.muster.emulator.server.Blob;
import java.time.Instant;
import java.util.Map;

/**
 * One version of an object.
 *
 * @param versionId {@code null} as text where versions are not kept
 * @param etag without quotes
 * @param contentType as the writer said
 * @param metadata headers to give back, by lower-case name
 */
record ObjectVersion(
        String versionId,
        Blob content,
        String etag,
        Instant modified,
        StorageClass storageClass,
        boolean deleteMarker,
        String contentType,
        Map<String, String> metadata) {
    static final String NO_VERSION = "null";

    static ObjectVersion marker(String versionId, Instant modified) {
        return new ObjectVersion(versionId, Blob.EMPTY, "", modified, StorageClass.STANDARD, true, "", Map.of());
    }
}
