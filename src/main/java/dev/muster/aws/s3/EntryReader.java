package dev.muster.aws.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Passes a page's entries on in order, and remembers what is asked of a page as a whole: its last key, some keys as a
 * sample, and that the keys ascend. Some servers send all versions before all delete markers, so each kind ascends for
 * itself.
 */
final class EntryReader {
    /** The first key and every so-many-th after it are the sample. */
    private static final int SAMPLE_EVERY = 64;

    private final Consumer<ListingEntry> next;
    private final KeyOrder entries;
    private final KeyOrder markers;
    private final List<ObjectKey> sample = new ArrayList<>();
    private int count;
    private boolean entrySeen;
    private boolean markerSeen;
    private boolean markerCameLast;
    private String entryVersion = "";
    private String markerVersion = "";

    EntryReader(ListingExpectation terms, boolean repeatable, Consumer<ListingEntry> next) {
        this.next = next;
        this.entries = new KeyOrder(repeatable);
        this.markers = new KeyOrder(repeatable);
        terms.after().ifPresent(key -> entries.startAfter(key, terms.again()));
        terms.after().ifPresent(key -> markers.startAfter(key, terms.again()));
    }

    void add(ListingEntry entry) {
        boolean marker = entry.kind == ListingElement.DELETE_MARKER;
        KeyOrder order = marker ? markers : entries;
        order.require(entry);
        if (count++ % SAMPLE_EVERY == 0) {
            sample.add(ObjectKey.copyOf(entry.key, 0, entry.keyLength));
        }
        next.accept(entry);
        order.take(entry);
        markerCameLast = marker;
        if (marker) {
            markerSeen = true;
            markerVersion = entry.versionId;
        } else {
            entrySeen = true;
            entryVersion = entry.versionId;
        }
    }

    /** Ascending, also where all versions came before all delete markers. */
    List<ObjectKey> sample() {
        return markerSeen && entrySeen ? sample.stream().sorted().distinct().toList() : sample;
    }

    Optional<ObjectKey> lastKey() {
        return count == 0 ? Optional.empty() : Optional.of((markerIsLast() ? markers : entries).last());
    }

    /** The version of the last entry; empty for objects, which have none. */
    Optional<String> lastVersionId() {
        return Optional.of(markerIsLast() ? markerVersion : entryVersion).filter(version -> !version.isEmpty());
    }

    /** A listing that went on before its last key would repeat what lies between. */
    void requireNotBefore(ObjectKey onward) {
        lastKey().filter(last -> onward.compareTo(last) < 0).ifPresent(last -> {
            throw new KeyOrderException(last, onward);
        });
    }

    private boolean markerIsLast() {
        if (!markerSeen || !entrySeen) {
            return markerSeen;
        }
        int order = markers.last().compareTo(entries.last());
        return order > 0 || (order == 0 && markerCameLast);
    }
}
