package dev.muster.cluster.protocol;

import dev.muster.engine.Coordinator;
import java.util.SortedMap;
import org.apache.pekko.actor.typed.ActorRef;

/** Messages to a node's part in a run. Tasks go to its workers directly. */
public interface NodeProtocol {
    /**
     * The run in question, to work for.
     *
     * @param coordinator gets what the workers have to say
     */
    record Serve(
            String run,
            String job,
            SortedMap<String, String> arguments,
            ActorRef<Coordinator.Command<Payload, Payload>> coordinator)
            implements NodeProtocol, ClusterMessage {}
}
