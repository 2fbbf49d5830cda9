package dev.muster.cluster.protocol;

import java.util.List;
import java.util.SortedSet;

/**
 * The cluster as people see it.
 *
 * @param coordinator the node that coordinates all runs
 * @param runs as many as are sure to fit into a message: first those that have not ended, then the newest
 * @param moreRuns how many are left out
 */
public record ClusterView(String coordinator, List<Member> members, List<RunView> runs, int moreRuns)
        implements ClusterMessage {
    /**
     * A node.
     *
     * @param status Pekko's word, such as {@code Up}, or {@code Unreachable}
     * @param workers for each run; 0 if it has not said yet, or does not work
     * @param release of Muster; empty if it has not said yet
     */
    public record Member(String node, String status, SortedSet<String> roles, int workers, String release) {}

    public ClusterView {
        members = List.copyOf(members);
        runs = List.copyOf(runs);
    }
}
