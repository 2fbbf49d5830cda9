package dev.muster.aws.s3;

import dev.muster.aws.s3.ListingPage.KeyOrderException;
import dev.muster.aws.s3.ListingParser.ListingExpectation;
import dev.muster.aws.s3.ListingParser.ListingKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Passes on a page's entries in order, and remembers facts about the whole page: its last key, a sample of keys, and
 * whether keys ascend. Some servers send all versions before all delete markers, so each kind ascends by itself. An
 * entry without a key is passed on, and has no place in the order.
 */
final class EntryReader {
    /** Interval of sample keys, beginning with the first key. */
    private static final int SAMPLE_EVERY = 64;

    private final Consumer<ListingEntry> next;
    private final Order entries;
    private final Order markers;
    private final List<ObjectKey> sample = new ArrayList<>();
    private int count;
    private boolean markerCameLast;

    /** The last key of a kind, with which the next one is compared in unsigned byte order (invariant 8). */
    private static final class Order {
        private final boolean ascending;
        private final boolean anyOrder;
        private final boolean repeatable;
        private boolean mayRepeat;
        private byte[] last = new byte[1024];
        private int length = -1;
        private String id = "";
        private final Optional<String> startId;
        private boolean seen;
        private KeyOrderException violation;

        private Order(ListingKind kind, ListingExpectation terms) {
            this.ascending = kind.ordered();
            this.anyOrder = terms.anyOrder();
            this.repeatable = kind.repeatsKeys();
            this.mayRepeat = terms.id().isPresent();
            this.startId = terms.id();
            terms.after().ifPresent(key -> {
                last = key.bytes();
                length = last.length;
            });
        }

        /** Checks the order; returns whether the key differs from the last one. */
        private boolean require(ListingEntry entry) {
            if (length < 0 || !ascending) {
                return true;
            }
            int order = Arrays.compareUnsigned(entry.keyBytes(), 0, entry.keyLength(), last, 0, length);
            if (order < 0 || (order == 0 && !mayRepeat)) {
                KeyOrderException disorder = new KeyOrderException(last(), entry.key());
                if (!anyOrder) {
                    throw disorder;
                }
                violation = violation == null ? disorder : violation;
            }
            return order != 0;
        }

        /** Tells whether an entry is the one after which the page was to begin: some servers begin with it. */
        private boolean repeatsStart(ListingEntry entry) {
            return !seen
                    && ascending
                    && length >= 0
                    && startId.filter(id -> !id.equals(entry.id())).isEmpty()
                    && Arrays.equals(entry.keyBytes(), 0, entry.keyLength(), last, 0, length);
        }

        /** Makes the entry's key the last one. Takes over its bytes and gives the entry another buffer. */
        private void take(ListingEntry entry) {
            length = entry.keyLength();
            last = entry.swapKey(last);
            mayRepeat = repeatable;
            id = entry.id();
            seen = true;
        }

        private ObjectKey last() {
            return ObjectKey.copyOf(last, 0, length);
        }
    }

    EntryReader(ListingKind kind, ListingExpectation terms, Consumer<ListingEntry> next) {
        this.next = next;
        this.entries = new Order(kind, terms);
        this.markers = new Order(kind, terms);
    }

    void add(ListingEntry entry) {
        if (entry.keyLength() == 0) {
            next.accept(entry);
            return;
        }
        boolean marker = entry.kind() == ListingEntry.Kind.DELETE_MARKER;
        Order order = marker ? markers : entries;
        if (order.repeatsStart(entry)) {
            return;
        }
        entry.guessLatest(order.require(entry));
        if (count++ % SAMPLE_EVERY == 0) {
            sample.add(entry.key());
        }
        next.accept(entry);
        order.take(entry);
        markerCameLast = marker;
    }

    /** The sample keys in ascending order, even if all versions came before all delete markers. */
    List<ObjectKey> sample() {
        return markers.seen && entries.seen
                ? sample.stream().sorted().distinct().toList()
                : sample;
    }

    /** The first place where keys did not ascend. */
    Optional<KeyOrderException> disorder() {
        return Optional.ofNullable(entries.violation).or(() -> Optional.ofNullable(markers.violation));
    }

    /** The key of the last entry. */
    Optional<ObjectKey> lastKey() {
        return count == 0 ? Optional.empty() : Optional.of(last().last());
    }

    /**
     * The id of the last entry, a version or an upload; empty if it has none. If the last key's versions and markers
     * came apart, only the page can tell.
     *
     * @param told the last id as the page names it
     */
    Optional<String> lastId(String told) {
        boolean both = entries.seen && markers.seen && entries.last().equals(markers.last());
        boolean known = both && (told.equals(entries.id) || told.equals(markers.id));
        String own = last().id;
        return Optional.of(known || own.isEmpty() ? told : own).filter(id -> !id.isEmpty());
    }

    /** The kind that came last; if versions and markers may come one kind after the other, that of the greater key. */
    private Order last() {
        if (!markers.seen || !entries.seen) {
            return markers.seen ? markers : entries;
        } else if (disorder().isPresent()) {
            return markerCameLast ? markers : entries;
        }
        int order = markers.last().compareTo(entries.last());
        return order > 0 || (order == 0 && markerCameLast) ? markers : entries;
    }
}
