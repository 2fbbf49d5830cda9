package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.PageTally;
import dev.muster.audit.stats.TallySettings;
import dev.muster.aws.s3.VersionSink;
import java.util.Arrays;

/** Counts the entries of a page up to the end of a range; a page knows nothing of it and may go on behind it. */
final class RangeTally {
    private final PageTally tally;
    private final byte[] upTo;
    private long counted;
    private boolean passed;

    RangeTally(TallySettings terms, KeyRange range) {
        this.tally = new PageTally(terms);
        this.upTo = range.bounded() ? range.upTo().getBytes(UTF_8) : null;
    }

    void object(byte[] key, int offset, int length, long bytes, long lastModifiedMillis, String storageClass) {
        if (within(key, offset, length)) {
            counted++;
            tally.object(key, offset, length, bytes, lastModifiedMillis, storageClass);
        }
    }

    void version(
            VersionSink.Kind kind,
            byte[] key,
            int offset,
            int length,
            boolean latest,
            long bytes,
            long lastModifiedMillis,
            String storageClass) {
        if (!within(key, offset, length)) {
            return;
        }
        counted++;
        if (kind == VersionSink.Kind.DELETE_MARKER) {
            tally.deleteMarker();
        } else if (latest) {
            tally.object(key, offset, length, bytes, lastModifiedMillis, storageClass);
        } else {
            tally.noncurrentVersion(bytes);
        }
    }

    long counted() {
        return counted;
    }

    /** Whether a key past the end of the range was shown. */
    boolean passed() {
        return passed;
    }

    ObjectTally tally() {
        return tally.tally();
    }

    private boolean within(byte[] key, int offset, int length) {
        if (upTo == null || Arrays.compareUnsigned(key, offset, offset + length, upTo, 0, upTo.length) <= 0) {
            return true;
        }
        passed = true;
        return false;
    }
}
