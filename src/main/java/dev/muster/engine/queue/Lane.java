package dev.muster.engine.queue;

import java.util.ArrayDeque;

/** The ready tasks of one resource, in order, with the resource's budget and pace. */
final class Lane<T> {
    final String resource;
    final Budget budget;
    final RecentTimes times = new RecentTimes();
    final ArrayDeque<Entry<T>> ready = new ArrayDeque<>();
    /** Outstanding tasks of this lane, ready or not. */
    int outstanding;

    Lane(String resource, Budget budget) {
        this.resource = resource;
        this.budget = budget;
    }
}
