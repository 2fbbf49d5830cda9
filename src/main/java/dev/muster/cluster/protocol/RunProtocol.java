package dev.muster.cluster.protocol;

import dev.muster.engine.Coordinator;
import java.util.SortedMap;
import org.apache.pekko.actor.typed.ActorRef;

/** Messages to a run. Messages of its workers go to the proxy of their node. */
public interface RunProtocol {
    /**
     * A node works, or offers to work, for the run; repeated every few seconds, and answered by {@link
     * NodeProtocol.Serve}.
     */
    record Enlist(String node, int workers, ActorRef<NodeProtocol> replyTo) implements RunProtocol, ClusterMessage {}

    /** Messages to a node's part in a run. Tasks go to its workers directly. */
    interface NodeProtocol {
        /**
         * Description of a run to work for.
         *
         * @param coordinator receives the messages of the workers
         */
        record Serve(
                String run,
                String job,
                SortedMap<String, String> arguments,
                ActorRef<Coordinator.Command<Payload, Payload>> coordinator)
                implements NodeProtocol, ClusterMessage {}
    }
}
