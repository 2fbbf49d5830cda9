package dev.muster.audit.stats;

import dev.muster.aws.s3.ObjectKey;
import java.util.Arrays;
import java.util.List;

/**
 * The first objects by a ranking, as a heap with the last of them on top. Most objects are rejected by one comparison;
 * one that enters reuses the buffers of the one it displaces, so nothing is allocated per object.
 */
final class TopObjects {
    private static final class Slot {
        private long rank;
        private byte[] key = {};
        private int length;
        private long bytes;
        private long lastModifiedMillis;
    }

    private final Ranking ranking;
    private final int limit;
    private Slot[] heap;
    private int size;
    /** Rank that an object must reach to enter: the one on top of a full heap. */
    private long threshold = Long.MIN_VALUE;

    /** A list with a positive limit. */
    TopObjects(Ranking ranking, int limit) {
        this.ranking = ranking;
        this.limit = limit;
        this.heap = new Slot[Math.min(limit, 8)];
    }

    Ranking ranking() {
        return ranking;
    }

    void offer(byte[] key, int offset, int length, long bytes, long lastModifiedMillis) {
        long rank = ranking.rank(bytes, lastModifiedMillis);
        if (rank >= threshold) {
            consider(rank, key, offset, length, bytes, lastModifiedMillis);
        }
    }

    /** The objects in the order of the list. */
    List<ObjectEntry> entries() {
        return Arrays.stream(heap, 0, size)
                .map(slot -> new ObjectEntry(
                        ObjectKey.copyOf(slot.key, 0, slot.length), slot.bytes, slot.lastModifiedMillis))
                .sorted(ObjectEntry.order(ranking))
                .toList();
    }

    private void consider(long rank, byte[] key, int offset, int length, long bytes, long lastModifiedMillis) {
        if (size < limit) {
            append();
            fill(heap[size - 1], rank, key, offset, length, bytes, lastModifiedMillis);
            siftUp();
        } else if (rank > threshold || precedes(key, offset, length, heap[0])) {
            fill(heap[0], rank, key, offset, length, bytes, lastModifiedMillis);
            siftDown();
        }
        if (size == limit) {
            threshold = heap[0].rank;
        }
    }

    private static boolean precedes(byte[] key, int offset, int length, Slot slot) {
        return Arrays.compareUnsigned(key, offset, offset + length, slot.key, 0, slot.length) < 0;
    }

    private void append() {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, Math.min(limit, 2 * size));
        }
        heap[size++] = new Slot();
    }

    private static void fill(
            Slot slot, long rank, byte[] key, int offset, int length, long bytes, long lastModifiedMillis) {
        if (slot.key.length < length) {
            slot.key = new byte[length];
        }
        System.arraycopy(key, offset, slot.key, 0, length);
        slot.length = length;
        slot.rank = rank;
        slot.bytes = bytes;
        slot.lastModifiedMillis = lastModifiedMillis;
    }

    private void siftUp() {
        int child = size - 1;
        while (child > 0 && isAfter(heap[child], heap[(child - 1) / 2])) {
            swap(child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    private void siftDown() {
        int parent = 0;
        while (2 * parent + 1 < size) {
            int child = 2 * parent + 1;
            if (child + 1 < size && isAfter(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isAfter(heap[child], heap[parent])) {
                return;
            }
            swap(child, parent);
            parent = child;
        }
    }

    /** Tells whether the left one comes later in the list. */
    private static boolean isAfter(Slot left, Slot right) {
        return left.rank < right.rank || (left.rank == right.rank && precedes(right.key, 0, right.length, left));
    }

    private void swap(int left, int right) {
        Slot slot = heap[left];
        heap[left] = heap[right];
        heap[right] = slot;
    }
}
