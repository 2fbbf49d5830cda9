package dev.muster.cluster.protocol;

import dev.muster.engine.Failure;
import dev.muster.engine.WorkerId;
import org.apache.pekko.actor.typed.ActorRef;

/** What a run's coordinator is told; the records here come from the nodes that work for it. */
public interface RunProtocol {
    /** A node has heard of the run and wants to know what it is; repeated until it is answered by {@link NodeProtocol.Serve}. */
    record Enlist(String node, int workers, ActorRef<NodeProtocol> replyTo) implements RunProtocol, ClusterMessage {}

    /** See {@code Coordinator.Pull}. */
    record Pull(WorkerId worker, long lastLease, ActorRef<NodeProtocol> replyTo)
            implements RunProtocol, ClusterMessage {}

    /** See {@code Coordinator.Completed}. */
    record Completed(WorkerId worker, long lease, Payload result) implements RunProtocol, ClusterMessage {}

    /** See {@code Coordinator.Failed}. */
    record Failed(WorkerId worker, long lease, Failure failure) implements RunProtocol, ClusterMessage {}

    /** See {@code Coordinator.Leave}. */
    record Leave(WorkerId worker, long lastLease) implements RunProtocol, ClusterMessage {}
}
