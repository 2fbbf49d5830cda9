package dev.muster.cluster.protocol;

import org.apache.pekko.actor.typed.ActorRef;

/** Messages to a run. Messages of its workers go to the proxy of their node. */
public interface RunProtocol {
    /**
     * A node works, or offers to work, for the run; repeated every few seconds, and answered by {@link
     * NodeProtocol.Serve}.
     */
    record Enlist(String node, int workers, ActorRef<NodeProtocol> replyTo) implements RunProtocol, ClusterMessage {}
}
