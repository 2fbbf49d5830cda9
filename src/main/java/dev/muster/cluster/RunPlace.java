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

    /** The way to the job's {@link ShardedActorType sharded actors}, for an asker of its own. */
    public ShardedActors shardedActors() {
        return new ShardedActors(node);
    }
}
