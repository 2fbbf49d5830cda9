package dev.muster.cluster;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Actors in which a job keeps what its tasks share: one for each name in the whole cluster, wherever Cluster Sharding has it
 * live.
 *
 * @param <Q> questions to an actor
 * @param <A> its answers
 * @param <C> its own commands, made from what comes over the network
 */
public interface ShardedActorType<Q, A, C> {
    /** The part of a run's actors on one node, such as clients with the node's credentials. */
    interface Host<C> extends AutoCloseable {
        /** Completes if the node can hold something for the run, and fails with the reason if it cannot. */
        CompletableFuture<Void> fit();

        /** The actor of a name. */
        Behavior<C> actor(String name);

        /** Called when the last actor of the run on this node has ended. */
        @Override
        void close();
    }

    Class<Q> questionType();

    Class<A> answerType();

    /**
     * The host of a run on this node, made when the first of its actors comes to live here.
     *
     * @throws RuntimeException if this node cannot hold anything for the run
     */
    Host<C> host(SortedMap<String, String> arguments, ActorSystem<?> node);

    /** A question, to be answered once. The same question does not come twice. */
    C ask(Q question, ActorRef<A> replyTo);

    /** An answer that a predecessor has told nobody. */
    C inherit(A left);

    /**
     * The actor is to end here: it makes durable, or gives back, all that it holds, and answers with what nobody has been
     * told yet. No question follows.
     */
    C settle(ActorRef<Optional<A>> replyTo);
}
