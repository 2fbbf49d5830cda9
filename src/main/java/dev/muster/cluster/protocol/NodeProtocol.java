package dev.muster.cluster.protocol;

import dev.muster.engine.Coordinator;
import java.util.SortedMap;
import org.apache.pekko.actor.typed.ActorRef;

/** Messages to a node's part in a run. Tasks go to its workers directly. */
public interface NodeProtocol {
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
