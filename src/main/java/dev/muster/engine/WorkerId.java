package dev.muster.engine;

import static java.util.Objects.requireNonNull;

/**
 * Names a worker.
 *
 * @param node the process that the worker lives in; workers of one node share its credentials
 * @param number tells the workers of a node apart
 */
public record WorkerId(String node, int number) {
    public WorkerId {
        requireNonNull(node, "node is null");
    }

    @Override
    public String toString() {
        return node + "#" + number;
    }
}
