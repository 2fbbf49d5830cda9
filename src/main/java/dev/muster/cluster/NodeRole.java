package dev.muster.cluster;

import static java.util.stream.Collectors.toCollection;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Role of a node. */
public final class NodeRole {
    /** Does the tasks of runs. */
    public static final String WORKER = "worker";
    /** May coordinate runs; needs the shared state. */
    public static final String COORDINATOR = "coordinator";

    private static final Set<String> ALL = Set.of(WORKER, COORDINATOR);

    private NodeRole() {}

    /** Leaves out the roles that Pekko adds, such as the data center. */
    static SortedSet<String> known(Set<String> roles) {
        return roles.stream().filter(ALL::contains).collect(toCollection(TreeSet::new));
    }
}
