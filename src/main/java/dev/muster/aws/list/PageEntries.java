package dev.muster.aws.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Passes a page's entries on in order, and remembers what is asked of a page as a whole: its last key, some keys as a
 * sample, and that the keys ascend (invariant 8).
 */
final class PageEntries {
    private final Consumer<PageEntry> next;
    private final int sampleEvery;
    private final boolean ordered;
    private final boolean repeatable;
    private final List<ObjectKey> sample = new ArrayList<>();
    private byte[] last = new byte[1024];
    private int lastLength;
    private boolean hasLast;
    private String lastVersionId = "";
    private int count;

    PageEntries(ListingTerms terms, boolean repeatable, Consumer<PageEntry> next) {
        this.next = next;
        this.sampleEvery = terms.sampleEvery();
        this.ordered = terms.ordered();
        this.repeatable = repeatable;
        terms.after().ifPresent(key -> {
            last = key.bytes();
            lastLength = last.length;
            hasLast = true;
        });
    }

    void add(PageEntry entry) {
        if (ordered && hasLast) {
            requireAscending(entry);
        }
        if (count++ % sampleEvery == 0) {
            sample.add(ObjectKey.copyOf(entry.key, 0, entry.keyLength));
        }
        next.accept(entry);
        byte[] spare = last;
        last = entry.key;
        lastLength = entry.keyLength;
        hasLast = true;
        lastVersionId = entry.versionId;
        entry.key = spare;
    }

    private void requireAscending(PageEntry entry) {
        int order = Arrays.compareUnsigned(entry.key, 0, entry.keyLength, last, 0, lastLength);
        if (order < 0 || (order == 0 && !repeatable)) {
            throw new KeyOrderException(
                    ObjectKey.copyOf(last, 0, lastLength), ObjectKey.copyOf(entry.key, 0, entry.keyLength));
        }
    }

    int count() {
        return count;
    }

    List<ObjectKey> sample() {
        return sample;
    }

    Optional<ObjectKey> lastKey() {
        return count == 0 ? Optional.empty() : Optional.of(ObjectKey.copyOf(last, 0, lastLength));
    }

    Optional<String> lastVersionId() {
        return count == 0 || !repeatable ? Optional.empty() : Optional.of(lastVersionId);
    }
}
