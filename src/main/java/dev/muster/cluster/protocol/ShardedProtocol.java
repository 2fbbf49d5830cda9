package dev.muster.cluster.protocol;

import org.apache.pekko.actor.typed.ActorRef;

/** Messages to a sharded actor of a run, wherever it lives; it is found by the name of its run and its own. */
public interface ShardedProtocol {
    /**
     * A question in the job's own words, repeated until it is answered. An asker numbers its questions to each actor.
     *
     * @param asker name of the one who asks
     * @param number of the question, from 1
     * @param openFrom the least number that the asker still waits for: answers below need not be kept
     */
    record Ask(String asker, long number, long openFrom, Payload question, ActorRef<Answer> replyTo)
            implements ShardedProtocol, ClusterMessage {}

    record Answer(Payload answer) implements ClusterMessage {}

    /** A node cannot hold what lives in a shard. Heard by all nodes. */
    record Refused(String node, String shard) implements ShardedProtocol, ClusterMessage {}

    /** An answer of a predecessor on another node that nobody has got. */
    record Inherit(Payload left) implements ShardedProtocol, ClusterMessage {}
}
