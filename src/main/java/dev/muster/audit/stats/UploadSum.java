package dev.muster.audit.stats;

import java.time.Instant;
import java.util.Optional;

/**
 * Multipart uploads that were begun and neither completed nor aborted.
 *
 * @param bytes size of the parts uploaded so far, as far as it was asked for
 * @param oldestMillis when the oldest was begun, epoch milliseconds; {@code Long.MAX_VALUE} where there is none
 */
public record UploadSum(long uploads, long bytes, long oldestMillis) {
    public static final UploadSum NONE = new UploadSum(0, 0, Long.MAX_VALUE);

    /** Start of the oldest upload; empty where there is none. */
    public Optional<Instant> oldest() {
        return oldestMillis == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldestMillis));
    }

    UploadSum plus(UploadSum other) {
        return new UploadSum(
                Sums.add(uploads, other.uploads),
                Sums.add(bytes, other.bytes),
                Math.min(oldestMillis, other.oldestMillis));
    }
}
