package dev.muster.events;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Back-pressure of pollers and destinations that are spread over a cluster: tells once what the pollers of this process
 * alone have made due. The plan knows what is held in total, and how much may be.
 */
final class ClusterBackPressure implements BackPressureLimiter {
    private record Handed(int messages, long bytes, long since) {}

    private final long memory;
    private final Function<String, FlushAt> flushAt;
    private final Map<String, Handed> sinceDue = new HashMap<>();

    /**
     * @param memory bytes that this process could hold
     */
    ClusterBackPressure(long memory, Function<String, FlushAt> flushAt) {
        this.memory = memory;
        this.flushAt = requireNonNull(flushAt, "flushAt is null");
    }

    @Override
    public int reserve(int wanted) {
        return wanted;
    }

    @Override
    public void unreserve(int number) {}

    @Override
    public synchronized void add(String destination, int messages, long bytes, long now) {
        sinceDue.merge(
                destination,
                new Handed(messages, bytes, now),
                (before, more) ->
                        new Handed(before.messages() + more.messages(), before.bytes() + more.bytes(), before.since()));
    }

    @Override
    public void gone(String destination, long messages) {}

    @Override
    public boolean holds(String destination) {
        return false;
    }

    @Override
    public Set<String> holding() {
        return Set.of();
    }

    @Override
    public long memory() {
        return memory;
    }

    @Override
    public synchronized Set<String> due(long now) {
        Set<String> due = new TreeSet<>();
        sinceDue.forEach((destination, handed) -> {
            if (flushAt.apply(destination).reached(handed.messages(), handed.bytes(), now - handed.since())) {
                due.add(destination);
            }
        });
        sinceDue.keySet().removeAll(due);
        return due;
    }
}
