package dev.muster.events;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Back-pressure of pollers and destinations in this process, which knows and bounds what is held. */
final class LocalBackPressure implements BackPressureLimiter {
    /** Messages that came together. */
    private record Batch(int messages, long bytes, long since) {}

    /** Oldest first, as a destination writes them. */
    private static final class Held {
        private final Deque<Batch> batches = new ArrayDeque<>();
        private int messages;
        private long bytes;

        void add(Batch batch) {
            batches.addLast(batch);
            messages += batch.messages();
            bytes += batch.bytes();
        }

        /** Removes the oldest messages; returns how many. The rest of a batch keeps its share of the bytes. */
        int remove(long number) {
            int before = messages;
            long left = number;
            while (left > 0 && !batches.isEmpty()) {
                Batch oldest = batches.removeFirst();
                int taken = (int) Math.min(left, oldest.messages());
                long takenBytes = oldest.bytes() * taken / oldest.messages();
                if (taken < oldest.messages()) {
                    batches.addFirst(new Batch(oldest.messages() - taken, oldest.bytes() - takenBytes, oldest.since()));
                }
                messages -= taken;
                bytes -= takenBytes;
                left -= taken;
            }
            return before - messages;
        }
    }

    private final int maxMessages;
    private final long maxBytes;
    private final Function<String, FlushAt> flushAt;
    private final Map<String, Held> byDestination = new HashMap<>();
    private int reserved;
    private int held;
    private long heldBytes;

    /**
     * Holdings within bounds.
     *
     * @param maxMessages greatest number of messages held
     * @param maxBytes bytes of their contents beyond which no more are received; a receive under way may still add its
     *     own, at most 1 MiB
     */
    LocalBackPressure(int maxMessages, long maxBytes, Function<String, FlushAt> flushAt) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.flushAt = requireNonNull(flushAt, "flushAt is null");
    }

    @Override
    public synchronized int reserve(int wanted) {
        int room = heldBytes >= maxBytes ? 0 : Math.max(0, Math.min(wanted, maxMessages - reserved - held));
        reserved += room;
        return room;
    }

    @Override
    public synchronized void unreserve(int number) {
        reserved -= number;
    }

    @Override
    public synchronized void add(String destination, int messages, long bytes, long now) {
        byDestination.computeIfAbsent(destination, name -> new Held()).add(new Batch(messages, bytes, now));
        held += messages;
        heldBytes += bytes;
    }

    @Override
    public synchronized void gone(String destination, long messages) {
        Held here = byDestination.get(destination);
        if (here != null) {
            long before = here.bytes;
            held -= here.remove(messages);
            heldBytes -= before - here.bytes;
            if (here.messages == 0) {
                byDestination.remove(destination);
            }
        }
    }

    @Override
    public synchronized boolean holds(String destination) {
        return byDestination.containsKey(destination);
    }

    @Override
    public synchronized Set<String> holding() {
        return Set.copyOf(byDestination.keySet());
    }

    @Override
    public long memory() {
        return Long.MAX_VALUE; // bounded here
    }

    @Override
    public synchronized Set<String> due(long now) {
        Set<String> due = new TreeSet<>();
        byDestination.forEach((destination, here) -> {
            long age = now - here.batches.getFirst().since();
            if (flushAt.apply(destination).reached(here.messages, here.bytes, age)) {
                due.add(destination);
            }
        });
        return due;
    }
}
