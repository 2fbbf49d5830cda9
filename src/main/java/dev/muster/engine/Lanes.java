package dev.muster.engine;

import dev.muster.engine.limit.Quota;
import dev.muster.engine.limit.RateLimiter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The queue of ready tasks: one lane for each resource, served in turn, so that a resource without budget or with a
 * million tasks holds up no other.
 */
final class Lanes<T> {
    private final Function<String, Optional<Quota>> quotas;
    private final Map<String, Lane<T>> lanes = new HashMap<>();
    private final ArrayDeque<Lane<T>> rotation = new ArrayDeque<>();
    private int size;

    Lanes(Function<String, Optional<Quota>> quotas) {
        this.quotas = quotas;
    }

    Lane<T> lane(String resource, long now) {
        return lanes.computeIfAbsent(resource, name -> new Lane<>(name, new RateLimiter(quotas.apply(name), now)));
    }

    int size() {
        return size;
    }

    void add(TaskState<T> entry) {
        Lane<T> lane = entry.lane;
        if (lane.ready.isEmpty()) {
            rotation.addLast(lane);
        }
        lane.ready.addLast(entry);
        size++;
    }

    /** Takes the next task whose resource has budget, and the token for it. */
    Optional<TaskState<T>> poll(long now) {
        for (int left = rotation.size(); left > 0; left--) {
            Lane<T> lane = rotation.removeFirst();
            boolean granted = lane.budget.tryTake(now);
            TaskState<T> entry = granted ? lane.ready.removeFirst() : null;
            if (!lane.ready.isEmpty()) {
                rotation.addLast(lane);
            }
            if (granted) {
                size--;
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** When the first lane with a ready task has budget; {@code Long.MAX_VALUE} without such a lane. */
    long availableAt(long now) {
        long earliest = Long.MAX_VALUE;
        for (Lane<T> lane : rotation) {
            earliest = Math.min(earliest, lane.budget.availableAt(now));
        }
        return earliest;
    }

    /** Drops a lane that holds nothing worth remembering, so that lanes do not pile up with buckets listed. */
    void release(Lane<T> lane) {
        if (lane.outstanding == 0
                && !lane.budget.adjusted()
                && quotas.apply(lane.resource).isEmpty()) {
            lanes.remove(lane.resource);
        }
    }
}
