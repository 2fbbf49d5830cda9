package dev.muster.events;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Where all pollers and destinations are in this process: what is held is known, and bounded here. */
final class LocalHoldings implements Holdings {
    private static final class Held {
        private final long since;
        private int messages;
        private long bytes;

        Held(long since) {
            this.since = since;
        }
    }

    private final int maxMessages;
    private final FlushAt flushAt;
    private final Map<String, Held> byDestination = new HashMap<>();
    private int reserved;
    private int held;

    LocalHoldings(int maxMessages, FlushAt flushAt) {
        this.maxMessages = maxMessages;
        this.flushAt = flushAt;
    }

    @Override
    public synchronized int reserve(int wanted) {
        int room = Math.max(0, Math.min(wanted, maxMessages - reserved - held));
        reserved += room;
        return room;
    }

    @Override
    public synchronized void unreserve(int number) {
        reserved -= number;
    }

    @Override
    public synchronized void add(String destination, int messages, long bytes, long now) {
        Held here = byDestination.computeIfAbsent(destination, name -> new Held(now));
        here.messages += messages;
        here.bytes += bytes;
        held += messages;
    }

    /** A destination has let go of messages. What it holds beyond them is younger than what it wrote. */
    @Override
    public synchronized void gone(String destination, long messages, long now) {
        Held here = byDestination.remove(destination);
        if (here != null) {
            held -= (int) Math.min(here.messages, messages);
            if (here.messages > messages) {
                Held rest = new Held(now);
                rest.messages = (int) (here.messages - messages);
                byDestination.put(destination, rest);
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
    public synchronized Set<String> due(long now) {
        Set<String> due = new TreeSet<>();
        byDestination.forEach((destination, here) -> {
            if (flushAt.reached(here.messages, here.bytes, now - here.since)) {
                due.add(destination);
            }
        });
        return due;
    }
}
