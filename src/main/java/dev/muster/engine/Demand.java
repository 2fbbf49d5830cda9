package dev.muster.engine;

/**
 * Demand for work at this moment.
 *
 * @param idleWorkers workers that could get a task soon: idle, among them the one whose outcome is being handled, and
 *     within the number of tasks that may be under way
 * @param queuedTasks tasks ready to be handed out
 */
public record Demand(int idleWorkers, int queuedTasks) {
    /** Number of tasks beyond those in the queue that could start at once; never negative. */
    public int spare() {
        return Math.max(0, idleWorkers - queuedTasks);
    }
}
