package dev.muster.cluster;

import dev.muster.engine.SharedActor;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;

/** What the keepers of a run on one node share, such as clients with the node's credentials. */
public interface SharedActorHost<Q, A> extends AutoCloseable {
    /** Completes if the node can keep something for the run, and fails with the reason if it cannot. */
    CompletableFuture<Void> fit();

    /** The keeper of a name. */
    Behavior<SharedActor.Command<Q, A>> keeper(String name);

    /** Called when the last keeper of the run on this node has ended. */
    @Override
    void close();
}
