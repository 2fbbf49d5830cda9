package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A multipart upload that somebody began and never completed.
 *
 * @param partBytes the sizes of the parts that arrived
 */
public record PendingUpload(String key, Instant initiated, List<Long> partBytes) {
    public PendingUpload {
        requireNonNull(key, "key is null");
        requireNonNull(initiated, "initiated is null");
        partBytes = List.copyOf(partBytes);
    }
}
