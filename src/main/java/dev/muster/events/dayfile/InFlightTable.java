package dev.muster.events.dayfile;

import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages held by a destination: waiting, being written, or written and to be deleted. A message that is delivered
 * again while it is held is the same message with a new lease. Some servers give the same id to several messages:
 * different content means a different message.
 *
 * <p>Times are nanoseconds of one monotonic clock.
 */
final class InFlightTable {
    private record Key(String messageId, Content content) {}

    private static final class Entry {
        private final Content content;
        private ReceiptHandle receipt;
        private long leasedAt;
        private int deliveries = 1;
        private boolean lost;

        Entry(InFlightMessage inFlightMessage, long now) {
            this.content = inFlightMessage.content();
            this.receipt = inFlightMessage.receipt();
            this.leasedAt = now;
        }
    }

    /** Messages that are no longer held, and the number of their deliveries. */
    record Gone(List<ReceiptHandle> receipts, long deliveries) {}

    private final long visibilityNanos;
    private final Map<Key, Entry> waiting = new LinkedHashMap<>();
    private final Map<Key, Entry> writing = new LinkedHashMap<>();
    private final Map<Key, Entry> written = new LinkedHashMap<>();
    /** Keys by the latest receipt of each message. */
    private final Map<ReceiptHandle, Key> keys = new HashMap<>();

    InFlightTable(Duration visibility) {
        this.visibilityNanos = visibility.toNanos();
    }

    int size() {
        return waiting.size() + writing.size() + written.size();
    }

    boolean nothingToWrite() {
        return waiting.isEmpty();
    }

    void add(InFlightMessage inFlightMessage, long now) {
        ReceiptHandle receipt = inFlightMessage.receipt();
        Key key = new Key(receipt.messageId(), inFlightMessage.content().ofAnyDelivery());
        Entry held = find(key);
        if (held == null) {
            waiting.put(key, new Entry(inFlightMessage, now));
        } else {
            keys.remove(held.receipt, key);
            held.deliveries += held.receipt.equals(receipt) ? 0 : 1;
            held.receipt = receipt;
            held.leasedAt = now;
            held.lost = false;
        }
        keys.put(receipt, key);
    }

    private Entry find(Key key) {
        Entry entry = waiting.get(key);
        entry = entry == null ? writing.get(key) : entry;
        return entry == null ? written.get(key) : entry;
    }

    /** Moves everything that waits to what is being written. */
    List<Content> startWriting() {
        writing.putAll(waiting);
        waiting.clear();
        return writing.values().stream().map(entry -> entry.content).toList();
    }

    /** Marks what was being written as durable, to be deleted; returns the number of deliveries that it took. */
    long wrote() {
        long deliveries =
                writing.values().stream().mapToLong(entry -> entry.deliveries).sum();
        written.putAll(writing);
        writing.clear();
        return deliveries;
    }

    /** Moves what was being written back to what waits. */
    void didNotWrite() {
        Map<Key, Entry> later = new HashMap<>(waiting);
        waiting.clear();
        waiting.putAll(writing);
        waiting.putAll(later);
        writing.clear();
    }

    /** Removes written messages whose lease is over. */
    Gone dropLost(long now) {
        List<Entry> over = written.values().stream()
                .filter(entry -> entry.lost || now - entry.leasedAt >= visibilityNanos)
                .toList();
        written.values().removeAll(over);
        over.forEach(entry -> keys.remove(entry.receipt));
        return gone(over);
    }

    List<ReceiptHandle> toDelete() {
        return receipts(written.values());
    }

    /**
     * Removes a message; returns the number of its deliveries, or 0 if it has been delivered again meanwhile, as only
     * its latest receipt counts.
     */
    long deleted(ReceiptHandle receipt) {
        Entry entry = written.remove(keys.get(receipt));
        if (entry == null) {
            return 0;
        }
        keys.remove(receipt);
        return entry.deliveries;
    }

    /**
     * Messages whose lease has used up three eighths of its time: with a check every eighth, none gets past its half.
     */
    List<ReceiptHandle> toExtend(long now) {
        List<Entry> due = new ArrayList<>();
        for (Map<Key, Entry> entries : List.of(waiting, writing, written)) {
            for (Entry entry : entries.values()) {
                if (!entry.lost && now - entry.leasedAt >= visibilityNanos * 3 / 8) {
                    due.add(entry);
                }
            }
        }
        return receipts(due);
    }

    /** Notes the result of an extension that was requested at a time. A newer delivery has its own lease. */
    void extended(AckResult result, long askedAt) {
        Entry entry = find(keys.get(result.receipt()));
        if (entry == null) {
            return;
        }
        switch (result.outcome()) {
            case DONE, IGNORED -> entry.leasedAt = askedAt;
            case LOST -> entry.lost = true;
            case FAILED -> {}
        }
    }

    /** Removes all messages. */
    Gone clear() {
        List<Entry> all = new ArrayList<>();
        for (Map<Key, Entry> entries : List.of(waiting, writing, written)) {
            all.addAll(entries.values());
            entries.clear();
        }
        keys.clear();
        return gone(all);
    }

    private static Gone gone(Collection<Entry> entries) {
        return new Gone(
                receipts(entries),
                entries.stream().mapToLong(entry -> entry.deliveries).sum());
    }

    private static List<ReceiptHandle> receipts(Collection<Entry> entries) {
        return entries.stream().map(entry -> entry.receipt).toList();
    }
}
