package dev.muster.engine;

import dev.muster.engine.limit.LatencyWindow;
import dev.muster.engine.limit.RateLimiter;
import java.util.ArrayDeque;

/** The ready tasks of one resource, in order, with the resource's budget and pace. */
final class Lane<T> {
    final String resource;
    final RateLimiter budget;
    final LatencyWindow times = new LatencyWindow();
    final ArrayDeque<TaskState<T>> ready = new ArrayDeque<>();
    /** Outstanding tasks of this lane, ready or not. */
    int outstanding;

    Lane(String resource, RateLimiter budget) {
        this.resource = resource;
        this.budget = budget;
    }
}
