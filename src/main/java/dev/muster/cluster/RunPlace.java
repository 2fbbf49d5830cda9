package dev.muster.cluster;

import static java.util.Objects.requireNonNull;

import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Where a job is made.
 *
 * @param run the name of its run
 * @param node the node's actor system
 */
public record RunPlace(String run, ActorSystem<?> node) {
    public RunPlace {
        requireNonNull(run, "run is null");
        requireNonNull(node, "node is null");
    }

    /** Where the job finds its {@link SharedActorType keepers}. */
    public ShardedActors keepers() {
        return new ShardedActors(node);
    }
}
