package dev.muster.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** The leases in force. Their numbers only ever grow, from epoch to epoch too, so that no late outcome fits a new one. */
final class LeaseTable<T> {
    private static final int BITS_WITHIN_EPOCH = 40;

    private final Map<Long, Lease<T>> active = new LinkedHashMap<>();
    private final PriorityQueue<Lease<T>> byDeadline =
            new PriorityQueue<>((a, b) -> Long.compare(a.deadline(), b.deadline()));
    private long lastId;

    LeaseTable(long epoch) {
        lastId = epoch << BITS_WITHIN_EPOCH;
    }

    Lease<T> grant(TaskState<T> entry, WorkerId worker, long now, long marginNanos) {
        long deadline = now + entry.terms.timeout().toNanos() + marginNanos;
        Lease<T> lease = new Lease<>(++lastId, entry, worker, now, deadline);
        active.put(lease.id(), lease);
        byDeadline.add(lease);
        entry.hedged = entry.leases > 0;
        entry.leases++;
        return lease;
    }

    /** Ends a lease; empty if it is over already. */
    Optional<Lease<T>> end(long id) {
        Lease<T> lease = active.remove(id);
        if (lease != null) {
            lease.entry().leases--;
        }
        return Optional.ofNullable(lease);
    }

    Optional<Lease<T>> find(long id) {
        return Optional.ofNullable(active.get(id));
    }

    Collection<Lease<T>> active() {
        return active.values();
    }

    List<Lease<T>> of(TaskState<T> entry) {
        List<Lease<T>> found = new ArrayList<>();
        for (Lease<T> lease : active.values()) {
            if (lease.entry() == entry) {
                found.add(lease);
            }
        }
        return found;
    }

    /** A lease past its deadline, if there is one. */
    Optional<Lease<T>> expired(long now) {
        Lease<T> first = first();
        return first != null && first.deadline() <= now ? Optional.of(first) : Optional.empty();
    }

    /** The first deadline; {@code Long.MAX_VALUE} without leases. */
    long nextDeadline() {
        Lease<T> first = first();
        return first == null ? Long.MAX_VALUE : first.deadline();
    }

    private Lease<T> first() {
        while (!byDeadline.isEmpty() && !active.containsKey(byDeadline.peek().id())) {
            byDeadline.poll();
        }
        return byDeadline.peek();
    }
}
