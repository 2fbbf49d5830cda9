package dev.muster.cluster.wire;

import java.time.Duration;
import java.util.SortedMap;

/** What a node's part in a run is told; the records here come from the run's coordinator. */
public interface ToNode {
    /** What the run is: work for it. */
    record Serve(String run, String job, SortedMap<String, String> arguments) implements ToNode, Wire {}

    /** See {@code Worker.Assign}. */
    record Assign(int worker, long lease, Payload work, Duration timeout) implements ToNode, Wire {}

    /** See {@code Worker.Cancel}. */
    record Cancel(int worker, long lease) implements ToNode, Wire {}
}
