package dev.muster.cluster.protocol;

import java.util.List;
import java.util.SortedSet;

/**
 * View of the cluster for users.
 *
 * @param coordinator the node that coordinates all runs
 * @param runs as many as are certain to fit into a message: first those that have not ended, then the newest
 * @param moreRuns number of runs that are left out
 */
public record ClusterView(String coordinator, List<Member> members, List<RunView> runs, int moreRuns)
        implements ClusterMessage {
    /**
     * A node.
     *
     * @param status Pekko's status, such as {@code Up}, or {@code Unreachable}
     * @param workers number of workers for each run; 0 if it has not reported yet, or does no tasks
     * @param release the release of Muster; empty if it has not reported yet
     */
    public record Member(String node, String status, SortedSet<String> roles, int workers, String release) {}

    public ClusterView {
        members = List.copyOf(members);
        runs = List.copyOf(runs);
    }
}
