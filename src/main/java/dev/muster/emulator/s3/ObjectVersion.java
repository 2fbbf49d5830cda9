package dev.muster.emulator.s3;

import dev.muster.emulator.keys.KeyGenerator.ObjectFacts;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.server.Reply.Blob;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One version of an object.
 *
 * @param versionId the text {@code null} if versions are not kept
 * @param etag without quotes
 * @param contentType content type set by the writer
 * @param metadata headers to return, by lower-case name
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

    /** Opaque, increasing ids of versions and uploads. */
    static final class VersionIds {
        private final AtomicLong last = new AtomicLong();

        String next() {
            long number = last.incrementAndGet();
            return String.format("%012x%016x", number, ObjectFacts.mix(number));
        }
    }
}
