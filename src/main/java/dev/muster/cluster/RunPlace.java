package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Place at which a job is made.
 *
 * @param run the name of its run
 * @param node the node's actor system
 */
public record RunPlace(String run, ActorSystem<?> node) {
    public RunPlace {
        requireNonNull(run, "run is null");
        requireNonNull(node, "node is null");
    }

    /** Type of the job's {@link SharedActorType shared actors}. */
    public ShardedActors keepers() {
        return new ShardedActors(node);
    }
}
