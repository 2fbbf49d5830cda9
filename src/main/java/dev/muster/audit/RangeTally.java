package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.audit.split.KeyRange;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.audit.stats.PageTally;
import dev.muster.audit.stats.TallySettings;
import dev.muster.aws.s3.ListingEntry;
import dev.muster.aws.s3.MalformedPageException;
import dev.muster.aws.s3.ObjectKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Counts the entries of a page up to the end of a range; the page may continue beyond it. */
final class RangeTally {
    private final PageTally tally;
    private final EntryCollector.Page entries;
    private final byte[] prefix;
    private final byte[] upTo;
    /** Null if every object counts. */
    private final EntryFilter filter;

    /** Null where they are not asked for, or where the filter may hide what else a key has. */
    private final ExpiredMarkers markers;

    private final EdgeKey first = new EdgeKey();
    private final EdgeKey last = new EdgeKey();
    private final EdgeKey beyond = new EdgeKey();
    private long counted;
    private boolean within = true;
    private boolean firstHasLatest;
    private boolean anyLatest;

    /**
     * A tally of a range.
     *
     * @param entries also gets what is counted
     */
    RangeTally(TallySettings terms, AuditScope scope, KeyRange range, EntryCollector.Page entries) {
        this.entries = entries;
        this.tally = new PageTally(terms);
        this.prefix = scope.prefix().getBytes(UTF_8);
        this.markers =
                terms.billing() && scope.versions() && scope.filter().terms().isEmpty() ? new ExpiredMarkers() : null;
        this.filter = scope.filter().at(terms.asOf().toEpochMilli()).orElse(null);
        this.upTo = range.bounded() ? range.upTo().getBytes(UTF_8) : null;
    }

    /** Takes an entry of a page. An entry with an unknown key is taken to lie where the one before it does. */
    void add(ListingEntry entry) {
        if (entry.keyLength() > 0) {
            within = within(entry);
        }
        if (!within) {
            return;
        }
        counted++;
        if (filter != null && passesOver(entry)) {
            return;
        }
        if (!entry.problem().isEmpty()) {
            tally.odd(entry.key(), entry.problem(), entry.inexact());
        }
        entries.add(entry);
        if (markers != null) {
            markers.add(entry);
        }
        switch (entry.kind()) {
            case DELETE_MARKER -> tally.deleteMarker(entry.keyBytes(), entry.keyLength());
            case VERSION -> version(entry);
            default -> object(entry);
        }
    }

    private boolean passesOver(ListingEntry entry) {
        EntryFilter.Verdict verdict = filter.of(entry);
        if (verdict == EntryFilter.Verdict.UNKNOWN) {
            tally.odd(entry.key(), entry.problem() + EntryFilter.UNDECIDED, true);
        }
        return verdict != EntryFilter.Verdict.COUNTS;
    }

    private void version(ListingEntry entry) {
        if (entry.latest()) {
            object(entry);
        } else {
            tally.noncurrentVersion(entry.keyBytes(), entry.keyLength(), entry.size(), entry.storageClass());
        }
    }

    private void object(ListingEntry entry) {
        tally.object(
                entry.keyBytes(),
                0,
                entry.keyLength(),
                entry.size(),
                entry.dateMillis(),
                entry.storageClass(),
                entry.owner());
    }

    /** The entries of the range, whether or not the filter lets them count. */
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

    /**
     * Tells whether the versions of the first key come without its latest one, which has to come first. A server that names
     * none at all as latest does not tell.
     */
    boolean beginsWithinKey() {
        return anyLatest && !firstHasLatest;
    }

    /** The sums of a complete page. */
    ObjectTally tally() {
        entries.counted();
        return tally.tally();
    }

    /**
     * The sums of a complete page of versions.
     *
     * @param goesOn whether more may follow the page
     * @param ordered whether what follows cannot be of a key before the last one
     */
    ObjectTally ofVersions(boolean goesOn, boolean ordered) {
        long expired = markers == null || (goesOn && !ordered)
                ? 0
                : markers.count(goesOn && beyond.text().isEmpty() ? last.text() : Optional.empty());
        return expired == 0 ? tally() : tally().withExpiredMarkers(expired);
    }

    private boolean within(ListingEntry entry) {
        byte[] key = entry.keyBytes();
        int length = entry.keyLength();
        if (length < prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
            throw new MalformedPageException("it names the key \"" + entry.key()
                    + "\", though only keys that begin with \"" + new String(prefix, UTF_8) + "\" were asked for");
        }
        if (upTo == null || Arrays.compareUnsigned(key, 0, length, upTo, 0, upTo.length) <= 0) {
            anyLatest |= entry.latest();
            int order = first.keepLess(key, length);
            if (order <= 0) {
                firstHasLatest = entry.latest() || (order == 0 && firstHasLatest);
            }
            last.keepGreater(key, length);
            return true;
        }
        beyond.keepLess(key, length);
        return false;
    }

    /** Delete markers of a page whose keys have no other version on it. */
    private static final class ExpiredMarkers {
        private final Set<ObjectKey> latest = new HashSet<>();
        private final Set<ObjectKey> others = new HashSet<>();

        /** Takes an entry. One without a key could be of any, so that no marker is known to be alone. */
        void add(ListingEntry entry) {
            boolean marker = entry.kind() == ListingEntry.Kind.DELETE_MARKER && entry.latest() && entry.keyLength() > 0;
            if (marker) {
                latest.add(entry.key());
            } else if (!entry.latest() || entry.keyLength() == 0) {
                others.add(entry.keyLength() == 0 ? ObjectKey.of("") : entry.key());
            }
        }

        /** @param unfinished key that may have more versions on the next page */
        long count(Optional<String> unfinished) {
            if (others.contains(ObjectKey.of(""))) {
                return 0;
            }
            return latest.stream()
                    .filter(key -> !others.contains(key)
                            && unfinished.filter(key.toString()::equals).isEmpty())
                    .count();
        }
    }

    /** Copy of the least or the greatest key so far: versions and delete markers may come one kind after the other. */
    private static final class EdgeKey {
        private byte[] bytes = {};
        private int length = -1;

        /** Returns how a key compares to the least one before it. */
        int keepLess(byte[] key, int keyLength) {
            int order = length < 0 ? -1 : compare(key, keyLength);
            if (order < 0) {
                keep(key, keyLength);
            }
            return order;
        }

        void keepGreater(byte[] key, int keyLength) {
            if (length < 0 || compare(key, keyLength) > 0) {
                keep(key, keyLength);
            }
        }

        private int compare(byte[] key, int keyLength) {
            return Arrays.compareUnsigned(key, 0, keyLength, bytes, 0, length);
        }

        private void keep(byte[] key, int keyLength) {
            if (bytes.length < keyLength) {
                bytes = new byte[Math.max(64, 2 * keyLength)];
            }
            System.arraycopy(key, 0, bytes, 0, keyLength);
            length = keyLength;
        }

        Optional<String> text() {
            return length < 0 ? Optional.empty() : Optional.of(new String(bytes, 0, length, UTF_8));
        }
    }
}
