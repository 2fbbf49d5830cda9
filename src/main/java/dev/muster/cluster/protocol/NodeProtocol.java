package dev.muster.cluster.protocol;

import java.time.Duration;
import java.util.SortedMap;

/** What a node's part in a run is told; the records here come from the run's coordinator. */
public interface NodeProtocol {
    /** What the run is: work for it. */
    record Serve(String run, String job, SortedMap<String, String> arguments) implements NodeProtocol, ClusterMessage {}

    /** See {@code Worker.Assign}. */
    record Assign(int worker, long lease, Payload work, Duration timeout) implements NodeProtocol, ClusterMessage {}

    /** See {@code Worker.Cancel}. */
    record Cancel(int worker, long lease) implements NodeProtocol, ClusterMessage {}
}
