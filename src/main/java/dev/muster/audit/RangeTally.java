package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.PageTally;
import dev.muster.audit.stats.TallySettings;
import dev.muster.aws.s3.VersionSink;
import java.util.Arrays;
import java.util.Optional;

/** Counts the entries of a page up to the end of a range; a page knows nothing of it and may go on behind it. */
final class RangeTally {
    private final PageTally tally;
    private final byte[] upTo;
    private final EdgeKey first = new EdgeKey();
    private final EdgeKey last = new EdgeKey();
    private final EdgeKey beyond = new EdgeKey();
    private long counted;

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

    /**
     * The keys at the edges of the range.
     *
     * @param end whether the page says that nothing follows it
     */
    RangeEdges edges(boolean end) {
        return new RangeEdges(first.text(), last.text(), beyond.text(), end);
    }

    ObjectTally tally() {
        return tally.tally();
    }

    private boolean within(byte[] key, int offset, int length) {
        if (upTo == null || Arrays.compareUnsigned(key, offset, offset + length, upTo, 0, upTo.length) <= 0) {
            first.keepLess(key, offset, length);
            last.keepGreater(key, offset, length);
            return true;
        }
        beyond.keepLess(key, offset, length);
        return false;
    }

    /** A copy of the least or the greatest key so far: versions and delete markers may come one kind after the other. */
    private static final class EdgeKey {
        private byte[] bytes = {};
        private int length = -1;

        void keepLess(byte[] key, int offset, int keyLength) {
            if (length < 0 || compare(key, offset, keyLength) < 0) {
                keep(key, offset, keyLength);
            }
        }

        void keepGreater(byte[] key, int offset, int keyLength) {
            if (length < 0 || compare(key, offset, keyLength) > 0) {
                keep(key, offset, keyLength);
            }
        }

        private int compare(byte[] key, int offset, int keyLength) {
            return Arrays.compareUnsigned(key, offset, offset + keyLength, bytes, 0, length);
        }

        private void keep(byte[] key, int offset, int keyLength) {
            if (bytes.length < keyLength) {
                bytes = new byte[Math.max(64, 2 * keyLength)];
            }
            System.arraycopy(key, offset, bytes, 0, keyLength);
            length = keyLength;
        }

        Optional<String> text() {
            return length < 0 ? Optional.empty() : Optional.of(new String(bytes, 0, length, UTF_8));
        }
    }
}
