package dev.muster.cluster.protocol;

import org.apache.pekko.actor.typed.ActorRef;

/** Messages to a run. Those of its workers go to the proxy of their node. */
public interface RunProtocol {
    /** A node works for the run, or would; repeated every few seconds, and answered by {@link NodeProtocol.Serve}. */
    record Enlist(String node, int workers, ActorRef<NodeProtocol> replyTo) implements RunProtocol, ClusterMessage {}
}
