package dev.muster.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Options that a node is started with.
 *
 * @param listen under which address others reach it
 * @param bindHost which address it binds to, where that is another one, as in a container
 * @param join nodes of the cluster; empty to form a new one. The first of them forms it if none is there yet
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
}
