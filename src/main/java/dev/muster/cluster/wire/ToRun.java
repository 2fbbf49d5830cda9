package dev.muster.cluster.wire;

import dev.muster.engine.Failure;
import dev.muster.engine.WorkerId;
import org.apache.pekko.actor.typed.ActorRef;

/** What a run's coordinator is told; the records here come from the nodes that work for it. */
public interface ToRun {
    /** A node has heard of the run and wants to know what it is; repeated until it is answered by {@link ToNode.Serve}. */
    record Enlist(String node, int workers, ActorRef<ToNode> replyTo) implements ToRun, Wire {}

    /** See {@code Coordinator.Pull}. */
    record Pull(WorkerId worker, long lastLease, ActorRef<ToNode> replyTo) implements ToRun, Wire {}

    /** See {@code Coordinator.Completed}. */
    record Completed(WorkerId worker, long lease, Payload result) implements ToRun, Wire {}

    /** See {@code Coordinator.Failed}. */
    record Failed(WorkerId worker, long lease, Failure failure) implements ToRun, Wire {}

    /** See {@code Coordinator.Leave}. */
    record Leave(WorkerId worker, long lastLease) implements ToRun, Wire {}
}
