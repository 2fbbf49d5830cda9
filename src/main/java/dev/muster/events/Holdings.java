package dev.muster.events;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the pollers of this process have handed to destinations, for the bound on memory and to tell what is due. */
final class Holdings {
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

    /**
     * When a destination is due.
     *
     * @param messages as soon as it holds that many
     * @param bytes as soon as it holds that much
     * @param ageNanos as soon as its oldest message is that old
     */
    record FlushAt(int messages, long bytes, long ageNanos) {
        /** Only when there is no room for more, or no more to come. */
        static final FlushAt NEVER = new FlushAt(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    Holdings(int maxMessages, FlushAt flushAt) {
        this.maxMessages = maxMessages;
        this.flushAt = flushAt;
    }

    /** Reserves room for up to so many messages; returns for how many there is. */
    synchronized int reserve(int wanted) {
        int room = Math.max(0, Math.min(wanted, maxMessages - reserved - held));
        reserved += room;
        return room;
    }

    synchronized void unreserve(int number) {
        reserved -= number;
    }

    /** Messages are on their way to a destination; told before they are handed over, so that none is overlooked. */
    synchronized void add(String destination, int messages, long bytes, long now) {
        Held here = byDestination.computeIfAbsent(destination, name -> new Held(now));
        here.messages += messages;
        here.bytes += bytes;
        held += messages;
    }

    /** A destination has let go of messages. What it holds beyond them is younger than what it wrote. */
    synchronized void gone(String destination, long messages, long now) {
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

    synchronized boolean holds(String destination) {
        return byDestination.containsKey(destination);
    }

    synchronized Set<String> holding() {
        return Set.copyOf(byDestination.keySet());
    }

    synchronized Set<String> due(long now) {
        Set<String> due = new TreeSet<>();
        byDestination.forEach((destination, here) -> {
            if (here.messages >= flushAt.messages()
                    || here.bytes >= flushAt.bytes()
                    || now - here.since >= flushAt.ageNanos()) {
                due.add(destination);
            }
        });
        return due;
    }
}
