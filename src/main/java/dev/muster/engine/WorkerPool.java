package dev.muster.engine;

import dev.muster.engine.Worker.WorkerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The workers of a run: busy, idle, or on a node that can do no task. A worker holds at most one task (invariant 4). */
final class WorkerPool {
    private static final long NOTHING = 0;

    /** The last lease that each known worker was given and has not yet spoken of. */
    private final Map<WorkerId, Long> holding = new HashMap<>();

    private final LinkedHashSet<WorkerId> idle = new LinkedHashSet<>();
    private final Set<String> unfitNodes = new HashSet<>();

    /** The lease that the worker was last given and has not answered; 0 if none. */
    long heldBy(WorkerId worker) {
        return holding.getOrDefault(worker, NOTHING);
    }

    /** The worker has no task and wants one. */
    void ready(WorkerId worker) {
        holding.put(worker, NOTHING);
        if (!unfitNodes.contains(worker.node())) {
            idle.add(worker);
        }
    }

    /** The worker has no task and will ask for one later. */
    void away(WorkerId worker) {
        holding.put(worker, NOTHING);
        idle.remove(worker);
    }

    void assigned(WorkerId worker, long lease) {
        idle.remove(worker);
        holding.put(worker, lease);
    }

    /** Forgets a worker that is gone for good. */
    void remove(WorkerId worker) {
        holding.remove(worker);
        idle.remove(worker);
    }

    void unfit(String node) {
        unfitNodes.add(node);
        idle.removeIf(worker -> worker.node().equals(node));
    }

    boolean knows(WorkerId worker) {
        return holding.containsKey(worker);
    }

    /** True if workers are known and all of them live on unfit nodes. */
    boolean allUnfit() {
        return !holding.isEmpty() && holding.keySet().stream().allMatch(worker -> unfitNodes.contains(worker.node()));
    }

    /** The worker that has waited longest. */
    Optional<WorkerId> firstIdle() {
        return idle.isEmpty() ? Optional.empty() : Optional.of(idle.iterator().next());
    }

    int idle() {
        return idle.size();
    }

    int size() {
        return holding.size();
    }
}
