package dev.muster.audit.stats;

import java.time.Instant;
import java.util.Optional;

/**
 * Multipart uploads that were started and neither completed nor aborted.
 *
 * @param bytes size of the parts uploaded so far, as far as it was requested
 * @param oldestMillis start of the oldest in epoch milliseconds; {@code Long.MAX_VALUE} if there is none
 */
public record UploadSum(long uploads, long bytes, long oldestMillis) {
    public static final UploadSum NONE = new UploadSum(0, 0, Long.MAX_VALUE);

    /** Start of the oldest upload; empty if there is none. */
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
