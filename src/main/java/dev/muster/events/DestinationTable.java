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
    /** Destinations that got messages while they were busy: what is being written may not be all. */
    private final Set<String> more = new TreeSet<>();
    /** Destinations that could not be written and are kept: they are tried again after the next receive. */
    private final Set<String> overdue = new TreeSet<>();

    /** Notes destinations that got messages. */
    void got(Collection<String> destinations) {
        holding.addAll(destinations);
        destinations.stream().filter(busy::contains).forEach(more::add);
    }

    /** Notes a destination whose task was started by an earlier process. */
    void resumed(String destination) {
        busy.add(destination);
    }

    /** Adds writes of these destinations to {@code next}, except those that are being written. */
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

    /** Notes that the write of a destination has ended, and whether anything is still held there. */
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

    /** Notes that a destination could not be written and still holds its messages. */
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
