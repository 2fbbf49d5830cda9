package dev.muster.cluster.protocol;

import org.apache.pekko.actor.typed.ActorRef;

/** Messages to a sharded actor of a run, which is found by the names of the run and of the actor. */
public interface ShardedProtocol {
    /**
     * A question of the job's own, repeated until it is answered. An asker numbers its questions to each actor.
     *
     * @param asker name of the asker
     * @param number the number of the question, from 1
     * @param openFrom least number that the asker still waits for: earlier answers need not be kept
     */
    record Ask(String asker, long number, long openFrom, Payload question, ActorRef<Answer> replyTo)
            implements ShardedProtocol, ClusterMessage {}

    record Answer(Payload answer) implements ClusterMessage {}

    /** Notice to all nodes that a node cannot hold the actors of a shard. */
    record Refused(String node, String shard) implements ShardedProtocol, ClusterMessage {}

    /** An answer of a predecessor on another node that has not been delivered. */
    record Inherit(Payload left) implements ShardedProtocol, ClusterMessage {}
}
