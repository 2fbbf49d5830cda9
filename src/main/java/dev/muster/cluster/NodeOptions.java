package dev.muster.cluster;

import static java.util.stream.Collectors.toCollection;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Options that a node is started with.
 *
 * @param listen address under which others reach it
 * @param bindHost address to bind to, if that is another one, as in a container
 * @param join nodes of the cluster; empty to form a new one. The first of them forms it if there is none yet
 * @param insecure whether it may listen beyond this machine without TLS
 */
public record NodeOptions(
        HostPort listen, Optional<String> bindHost, List<HostPort> join, Set<String> roles, boolean insecure) {
    public NodeOptions {
        join = List.copyOf(join);
        roles = Set.copyOf(roles);
        if (roles.isEmpty() || !Set.of(NodeRole.WORKER, NodeRole.COORDINATOR).containsAll(roles)) {
            throw new ClusterException("roles are " + roles + "; give worker, coordinator, or both");
        }
    }

    /** Role of a node. */
    public static final class NodeRole {
        /** Does the tasks of runs. */
        public static final String WORKER = "worker";
        /** May coordinate runs; needs the shared state. */
        public static final String COORDINATOR = "coordinator";

        private static final Set<String> ALL = Set.of(WORKER, COORDINATOR);

        private NodeRole() {}

        /** The roles without those that Pekko adds, such as the data center. */
        static SortedSet<String> known(Set<String> roles) {
            return roles.stream().filter(ALL::contains).collect(toCollection(TreeSet::new));
        }
    }
}
