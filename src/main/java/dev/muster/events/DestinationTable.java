package dev.muster.events;

import dev.muster.events.EventsTask.Flush;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Table of destinations that hold messages and of those that are being written: one write of each at a time. */
final class DestinationTable {
    private final Set<String> holding = new TreeSet<>();
    private final Set<String> busy = new TreeSet<>();
    /** Got messages while they were busy: what is being written may not be all. */
    private final Set<String> more = new TreeSet<>();
    /** Could not be written, and are held on to: they are tried again after the next receive. */
    private final Set<String> overdue = new TreeSet<>();

    /** These have got messages. */
    void got(Collection<String> destinations) {
        holding.addAll(destinations);
        destinations.stream().filter(busy::contains).forEach(more::add);
    }

    /** A task for this destination is under way that was not begun here. */
    void resumed(String destination) {
        busy.add(destination);
    }

    /** Adds the writes of these to {@code next}, but of those that are being written. */
    void flush(Collection<String> destinations, List<EventsTask> next) {
        for (String destination : destinations) {
            if (busy.add(destination)) {
                next.add(new Flush(destination));
            }
        }
    }

    void flushAll(List<EventsTask> next) {
        flush(holding, next);
    }

    void flushOverdue(List<EventsTask> next) {
        flush(overdue, next);
        overdue.clear();
    }

    /** The destination's write has ended, and this is whether anything is still held there. */
    void written(String destination, boolean stillHolding) {
        released(destination);
        if (stillHolding) {
            holding.add(destination);
        }
    }

    /** Removes a destination whose messages were released. */
    void released(String destination) {
        busy.remove(destination);
        if (!more.remove(destination)) {
            holding.remove(destination);
        }
    }

    /** The destination could not be written, and holds what it held. */
    void postpone(String destination) {
        busy.remove(destination);
        more.remove(destination);
        overdue.add(destination);
    }

    /** Tells whether nothing is being written or released. */
    boolean idle() {
        return busy.isEmpty();
    }
}
